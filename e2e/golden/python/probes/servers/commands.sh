python commands.py a 'b c'
python -m commands x
python -O commands.py
python -I commands.py
python -c 'import sys; print(sys.argv, sys.path[0] == "")' one two
echo 'import sys; print("from stdin", sys.argv)' | python - arg
echo 'print("plain stdin")' | python
python commands.py fail; echo "exit $?"
python nothing.py 2>&1 | sed 's/^[^:]*: //'; python -m nothing 2>&1 | sed 's/^[^:]*: //'
python -c 'raise SystemExit(7)'; echo "exit $?"
python -c 'import os; os._exit(3)'; echo "exit $?"
python -W error -c 'import warnings; warnings.warn("w")' 2>/dev/null; echo "exit $?"
python -W ignore -c 'import warnings; warnings.warn("w"); print("quiet")'
python -X utf8 -c 'import sys; print(sys.flags.utf8_mode, "ż")'
python -s -E -B -u -c 'import sys; print(sys.flags.no_user_site, sys.flags.ignore_environment, sys.dont_write_bytecode)'
echo '{"b": 1, "a": [true, null, "ż"]}' | python -m json.tool --sort-keys --no-ensure-ascii
echo '{bad' | python -m json.tool; echo "exit $?"
echo 'hello' | python -m base64 -e -
python -m calendar 2024 2 | head -3
python -m venv --without-pip env && ls env/bin | grep -c '^python'
. env/bin/activate; python -c 'import sys; print(sys.prefix != sys.base_prefix or "same")' | tail -1; echo "${VIRTUAL_ENV##*/}"; deactivate
PYTHONPATH=lib python -c 'import sys; print([one.rsplit("/", 1)[-1] for one in sys.path[:2]])'
PYTHONDONTWRITEBYTECODE=1 PYTHONOPTIMIZE=2 python -c 'import sys; print(sys.flags.optimize, sys.dont_write_bytecode)'
printf '#!/usr/bin/env python\nimport sys\nprint("script", sys.argv[1:])\n' > tool && chmod +x tool && ./tool x y
python -c 'import sys; sys.stdout.write("no newline")'; echo
python -m zipfile -c p.zip commands.py && python -m zipfile -l p.zip | cut -c1-12; rm -r p.zip tool env
python -m compileall -q commands.py && ls __pycache__ | wc -l | tr -d ' '; rm -r __pycache__
