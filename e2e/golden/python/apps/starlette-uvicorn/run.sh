exec python -m uvicorn app:app --host 0.0.0.0 --port $PORT --log-level info --no-use-colors --header "X-Server: golden" --timeout-graceful-shutdown 2
