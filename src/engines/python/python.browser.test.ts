import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PythonBench } from './testing/bench.ts';

/** Programs under the engine in a real Chromium, compared with the python3 of this machine where there is one. */

let bench: PythonBench;

beforeAll(async () => {
  bench = await PythonBench.open();
});
afterAll(() => bench.close());

interface Program {
  source: string;
  args?: string[];
  stdin?: string;
}

/** What a program prints and how it ends must not depend on the version of Python. */
const programs: Record<string, Program> = {
  'arguments, environment, input and exit code': {
    source: `
import os, sys
print(sys.argv[1:], os.environ["COLOUR"], os.path.basename(__file__), __name__)
print(input(), sys.stdin.read().split(), sep="|")
sys.stderr.write("to stderr\\n")
sys.stdout.write("no newline")
sys.exit(3)`,
    args: ['one', 'two words'],
    stdin: 'first line\nsecond third\n',
  },
  'an exit message': { source: 'import sys\nprint("before")\nsys.exit("the reason")' },
  'threads, locks, queues, thread-local data and context variables': {
    source: `
import contextvars, queue, threading, time
from concurrent.futures import ThreadPoolExecutor
own, variable, lock = threading.local(), contextvars.ContextVar("v", default="unset"), threading.RLock()
seen, order = [], queue.Queue(maxsize=2)
def work(number):
    own.value = number
    variable.set(number)
    for _ in range(3):
        time.sleep(0.001)
        with lock, lock:
            assert own.value == variable.get() == number
            seen.append(number)
threads = [threading.Thread(target=work, args=(n,)) for n in range(5)]
[t.start() for t in threads]; [t.join() for t in threads]
print(sorted(seen), hasattr(own, "value"), variable.get(), threading.active_count())
def produce():
    for n in range(6): order.put(n)
    order.put(None)
threading.Thread(target=produce).start()
print(list(iter(order.get, None)))
with ThreadPoolExecutor(3) as pool: print(list(pool.map(lambda n: n * n, range(8))))
gate = threading.Event()
print(gate.wait(0.01)); threading.Timer(0.01, gate.set).start(); print(gate.wait())
try: lock.release()
except RuntimeError as error: print(error)
threading.Thread(target=lambda: (time.sleep(0.05), print("outlives the main thread"))).start()`,
  },
  'sockets and their errors': {
    source: `
import select, socket, threading
server = socket.create_server(("127.0.0.1", 0)); port = server.getsockname()[1]
def serve():
    while True:
        peer, address = server.accept()
        with peer, peer.makefile("rwb") as stream:
            for line in stream: stream.write(line.upper()); stream.flush()
threading.Thread(target=serve, daemon=True).start()
with socket.create_connection(("localhost", port)) as client:
    client.sendall(b"one\\n"); print(client.recv(100)); client.sendall(b"two\\n" * 3); client.shutdown(socket.SHUT_WR)
    data = b""
    while chunk := client.recv(5): data += chunk
    print(data)
def name(call):
    try: return call()
    except OSError as error: return type(error).__name__
print(name(lambda: socket.create_connection(("127.0.0.1", 1))))
print(name(lambda: socket.create_server(("127.0.0.1", port))))
left, right = socket.socketpair(); left.settimeout(0.01)
print(name(lambda: left.recv(1))); left.setblocking(False); print(name(lambda: left.recv(1)))
print(len(select.select([right], [right], [], 0)[1])); right.close(); print(left.recv(1)); left.setblocking(True)
print(name(lambda: left.send(b"x")))
print(name(lambda: socket.socket().recv(1)))`,
  },
  'SQLite stays in its thread': {
    source: `
import sqlite3, threading
connection = sqlite3.connect("test.db")
with connection:
    connection.execute("create table t(id integer primary key, name text unique)")
    connection.executemany("insert into t(name) values (?)", [("a",), ("b",)])
def elsewhere():
    try: connection.execute("select 1")
    except sqlite3.ProgrammingError as error: print(str(error).split(".")[0])
thread = threading.Thread(target=elsewhere); thread.start(); thread.join()
try: connection.execute("insert into t(name) values ('a')")
except sqlite3.IntegrityError as error: print(error)
connection.row_factory = sqlite3.Row
print([dict(row) for row in connection.execute("select * from t")], type(connection).__name__)`,
  },
  'child processes': {
    source: `
import subprocess, sys
child = "import sys; data = sys.stdin.read(); print(data.upper()); sys.stderr.write('err'); sys.exit(4)"
done = subprocess.run([sys.executable, "-c", child], input="hello", capture_output=True, text=True)
print(done.returncode, repr(done.stdout), repr(done.stderr))
try: subprocess.run(["no-such-program"])
except FileNotFoundError as error: print(type(error).__name__)`,
  },
  'asyncio with its own event loop': {
    source: `
import asyncio, threading
async def echo(reader, writer):
    writer.write((await reader.readline()).upper()); await writer.drain(); writer.close()
async def main():
    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    writer.write(b"hello\\n"); print(await reader.read()); writer.close(); server.close()
    print(await asyncio.to_thread(lambda: threading.current_thread() is threading.main_thread()))
    print(await asyncio.gather(*(asyncio.sleep(0.001, n) for n in range(3))))
asyncio.run(main())`,
  },
  'signals, clean-up and os._exit': {
    source: `
import atexit, os, signal
atexit.register(print, "not printed")
signal.signal(signal.SIGTERM, lambda number, frame: print("handler", number))
os.kill(os.getpid(), signal.SIGTERM)
try: os.kill(os.getpid(), signal.SIGINT)
except KeyboardInterrupt: print("interrupted")
print("last words", flush=True)
os._exit(9)`,
  },
  'key derivation': {
    source: `
import hashlib
print(hashlib.pbkdf2_hmac("sha256", b"secret", b"salt", 1000).hex())
print(hashlib.scrypt(b"secret", salt=b"salt", n=1024, r=8, p=1, dklen=32).hex())
print(hashlib.new("sha512", b"x").hexdigest()[:16])`,
  },
};

const native = spawnSync('python3', ['--version'], { encoding: 'utf8' });

describe.skipIf(native.status !== 0)('behaves as the python3 of this machine', () => {
  test.each(Object.entries(programs))('%s', async (_name, { source, args = [], stdin = '' }) => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'python-program-')));
    writeFileSync(join(folder, 'program.py'), source);
    const expected = spawnSync('python3', ['program.py', ...args], {
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', COLOUR: 'green' },
      input: stdin,
      encoding: 'utf8',
    });
    rmSync(folder, { recursive: true });
    await bench.mount({ 'program.py': source });
    const result = await bench.run({ args: ['program.py', ...args], env: { COLOUR: 'green' }, stdin });
    expect(result).toEqual({ stdout: expected.stdout, stderr: expected.stderr, code: expected.status });
  });
});

test('the clock counts microseconds', async () => {
  const source = 'import time\nprint(sum(int(time.time() * 1e6) % 1000 != 0 for _ in range(200)) > 100)';
  expect(await bench.run({ args: ['-c', source] })).toEqual({ stdout: 'True\n', stderr: '', code: 0 });
});

test('an uncaught exception is a traceback without the engine in it, and exit code 1', async () => {
  await bench.mount({ 'fails.py': 'def fail():\n    raise ValueError("what went wrong")\n\nfail()\n' });
  const { stderr, code } = await bench.run({ args: ['fails.py'] });
  expect(code).toBe(1);
  expect(
    stderr
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => !/^[~^]*$/.test(line)),
  ).toEqual([
    'Traceback (most recent call last):',
    'File "/app/fails.py", line 4, in <module>',
    'fail()',
    'File "/app/fails.py", line 2, in fail',
    'raise ValueError("what went wrong")',
    'ValueError: what went wrong',
  ]);
});

test('PYTHONPATH leads to folders of the disk, also relative to the working directory, and stays as it is', async () => {
  await bench.mount({ 'lib/first.py': 'name = "first"', 'source/inner/second.py': 'name = "second"' });
  const source = `
import first, inner.second, os, sys
print(first.name, inner.second.name, os.environ["PYTHONPATH"], sys.path[1:3])`;
  const env = { PYTHONPATH: '/app/lib:../source' };
  expect(await bench.run({ args: ['-c', source], env, cwd: '/app/lib' })).toEqual({
    stdout: "first second /app/lib:../source ['/app/lib', '/app/source']\n",
    stderr: '',
    code: 0,
  });
});

test('nothing of the engine is importable that a submission did not install', async () => {
  const source = `
import importlib
for name in ("js", "pyodide", "pyodide_js", "micropip", "packaging", "numpy"):
    try: importlib.import_module(name); print("importable", name)
    except ModuleNotFoundError as error: pass
`;
  expect(await bench.run({ args: ['-c', source] })).toEqual({ stdout: '', stderr: '', code: 0 });
});

test('compiling while a thread is blocked leaves that thread’s stack alone', async () => {
  const source = `
import ast, threading, time
threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
text = "\\n".join(f"class C{n}:\\n    def method(self, a, *b):\\n        return [a for a in b if a]" for n in range(400))
for _ in range(5): ast.parse(text)
print("done")`;
  expect(await bench.run({ args: ['-c', source] })).toEqual({ stdout: 'done\n', stderr: '', code: 0 });
});

test('memory ends with a MemoryError, deep recursion with a RecursionError', async () => {
  const source = `
try: bytearray(700 * 2**20)
except MemoryError as error: print(type(error).__name__)
def dive(): dive()
try: dive()
except RecursionError as error: print(type(error).__name__)`;
  const result = await bench.run({ args: ['-c', source] });
  expect(result).toEqual({ stdout: 'MemoryError\nRecursionError\n', stderr: '', code: 0 });
});
