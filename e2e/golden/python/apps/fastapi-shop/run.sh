exec python -m app.main
