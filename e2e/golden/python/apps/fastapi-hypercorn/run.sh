: "${PORT:=8000}"
exec hypercorn --config hypercorn.toml --bind "0.0.0.0:$PORT" app:app
