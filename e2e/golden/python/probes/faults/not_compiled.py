"""What is printed of programs that cannot be compiled."""
import os
import subprocess
import sys

PROGRAMS = {
    'parameter': 'def f(:\n  pass\n',
    'parenthesis': "print('a'\n",
    'return': 'return 5\n',
    'global': 'def f():\n  x = 1\n  global x\n',
    'indent': 'if 1:\n    a = 1\n      b = 2\n',
    'imported': 'import parameter\n',
    'awaited': 'await f()\n',
    'loop': 'while True:\n  pass\nelse:\n  continue\n',
    'assigned': 'f() = 1\n',
    'string': "x = 'abc\n",
}
for name, text in PROGRAMS.items():
    with open(f'{name}.py', 'w') as file:
        file.write(text)
for name in PROGRAMS:
    done = subprocess.run([sys.executable, f'{name}.py'], capture_output=True, text=True)
    print(f'== {name} {done.returncode}', done.stderr.replace(os.getcwd(), '.'), sep='\n')
