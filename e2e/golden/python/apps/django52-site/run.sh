python manage.py migrate --verbosity 1
python manage.py loaddata first.json
exec python manage.py runserver --noreload "0.0.0.0:$PORT"
