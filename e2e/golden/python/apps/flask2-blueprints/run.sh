exec flask --app site_app run --host 0.0.0.0 --port "$PORT"
