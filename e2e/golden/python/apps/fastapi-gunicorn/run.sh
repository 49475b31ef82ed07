exec gunicorn app.main:app
