set -e
python manage.py makemigrations shop
python manage.py migrate --noinput -v 1
python manage.py loaddata products
DJANGO_SUPERUSER_PASSWORD=admin-pass-1 python manage.py createsuperuser --noinput --username admin --email admin@example.com
exec gunicorn --bind "0.0.0.0:${PORT:-8000}" site_wsgi:application
