python manage.py migrate --verbosity 0
python manage.py shell -c "from django.contrib.auth.models import User; User.objects.create_user('ann', password='secret')"
exec gunicorn shop.wsgi --bind "0.0.0.0:$PORT" --workers 1 --threads 2 --graceful-timeout 1 --access-logfile -
