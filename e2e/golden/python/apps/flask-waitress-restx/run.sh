trap 'echo shell ends' EXIT
waitress-serve --host 0.0.0.0 --port "${PORT}" --threads 3 --call shop:make_app &
server=$!
trap 'kill -TERM $server' TERM
wait $server
