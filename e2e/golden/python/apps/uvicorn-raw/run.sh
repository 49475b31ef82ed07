exec uvicorn app:app --host 0.0.0.0 --port "$PORT" --timeout-keep-alive 1 --no-server-header --header X-Own:1
