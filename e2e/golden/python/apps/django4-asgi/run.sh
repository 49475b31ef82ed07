python site_app.py check
python site_app.py migrate --run-syncdb -v 0
exec uvicorn site_app:application --host 0.0.0.0 --port "$PORT" --lifespan off
