"""What the engine below must not show: its modules, its clock's grain, its stacks, its memory."""

import ast
import importlib
import resource
import threading
import time

for name in ('js', 'pyodide', 'pyodide_js', '_pyodide', '_pyodide_core', 'micropip', 'numpy'):
    try:
        importlib.import_module(name)
        print('importable', name)
    except ModuleNotFoundError as error:
        print(error)

print(sum(int(time.time() * 1e6) % 1000 != 0 for _ in range(200)) > 100)

# Compiling takes much stack: that of a thread which is blocked stays as it is.
event = threading.Event()
seen = []
thread = threading.Thread(target=lambda: seen.append(event.wait(60)))
thread.start()
text = '\n'.join(f'class C{n}:\n    def method(self, a, *b):\n        return [a for a in b if a]' for n in range(400))
for _ in range(5):
    ast.parse(text)
event.set()
thread.join()
print(seen)

resource.setrlimit(resource.RLIMIT_AS, (600 << 20, 600 << 20))
try:
    bytearray(700 << 20)
except MemoryError as error:
    print(type(error).__name__)
try:
    kept = [bytes(50 << 20) for _ in range(14)]
except MemoryError as error:
    print(type(error).__name__)
print(len(bytes(1 << 20)))
