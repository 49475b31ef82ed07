set -euo pipefail
python manage.py makemigrations notes --verbosity 1
python manage.py migrate --verbosity 0
python manage.py showmigrations notes
python manage.py seed --count 3
python manage.py shell --verbosity 0 -c "from notes.models import Note; print(Note.objects.count())"
python manage.py test --verbosity 0 2> /dev/null && echo tests passed
python manage.py collectstatic --noinput | tail -1
python manage.py runserver "0.0.0.0:${PORT:-8000}" --noreload
