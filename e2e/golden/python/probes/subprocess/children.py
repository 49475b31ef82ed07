import os
import signal
import subprocess
import sys


def show(label, action):
    try:
        print(label, action())
    except (OSError, subprocess.SubprocessError) as error:
        print(label, type(error).__name__, error)


python = sys.executable
show('run', lambda: subprocess.run(['echo', 'hi'], capture_output=True, text=True).stdout)
show('shell', lambda: subprocess.run('echo $WORD; exit 3', shell=True, env={'WORD': 'given', 'PATH': os.environ['PATH']}, stdout=-1).returncode)
show('input', lambda: subprocess.run([python, '-c', 'print(input()[::-1])'], input='abc\n', text=True, stdout=-1).stdout)
show('stderr', lambda: subprocess.run([python, '-c', 'import sys; sys.stderr.write("err")'], stderr=subprocess.STDOUT, stdout=-1).stdout)
show('devnull', lambda: subprocess.run(['echo', 'x'], stdout=subprocess.DEVNULL).returncode)
show('cwd', lambda: subprocess.check_output(['pwd'], cwd='/tmp', text=True))
show('missing', lambda: subprocess.run(['no-such-program']))
show('missing cwd', lambda: subprocess.run(['echo'], cwd='/nope'))
show('check', lambda: subprocess.run('exit 7', shell=True, check=True))
show('exit 143', lambda: subprocess.run([python, '-c', 'raise SystemExit(143)']).returncode)
try:
    subprocess.run(['sleep', '30'], timeout=0.2)
except subprocess.TimeoutExpired as error:
    print("timeout", error.cmd, round(error.timeout, 2))
child = subprocess.Popen(['sleep', '30'])
print(child.poll())
child.terminate()
print(child.wait(), child.returncode == -signal.SIGTERM)
with open('out', 'w') as file:
    subprocess.run(['echo', 'to a file'], stdout=file)
print(open('out').read())
with open('out') as file:
    print(subprocess.run(['cat'], stdin=file, stdout=-1).stdout)
print(os.system('exit 5') >> 8, os.popen('echo popen').read())
show('kill', lambda: os.kill(999999, 0))
show('waitpid', lambda: os.waitpid(999999, 0))
