exec hypercorn --bind "0.0.0.0:$PORT" --access-logfile - app:app
