export NO_COLOR=1
flask --app flask_commands count 3
flask --app flask_commands.py count --loud x; echo "exit $?"
FLASK_APP=flask_commands flask fail; echo "exit $?"
flask --app flask_commands routes
flask --app 'flask_commands:create_app("other")' who
flask --app flask_commands:create_app who
flask --app nothing routes; echo "exit $?"
flask --app flask_commands:nothing routes; echo "exit $?"
flask routes; echo "exit $?"
printf 'FLASK_APP=flask_commands:create_app\n' > .flaskenv
flask who
python -m flask --app flask_commands count 1
flask --app flask_commands nope; echo "exit $?"
echo 'print(answer)' | flask --app flask_commands shell 2>/dev/null | tail -1
rm .flaskenv
