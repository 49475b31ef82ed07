import { dirname } from 'node:path';
import { createRequire } from 'node:module';
import { loadPyodide, type PyodideInterface } from 'pyodide';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { SharedFs } from '../fs/shared-fs.ts';
import { mountDisk } from './disk.ts';
import { moduleOf } from './load.ts';

/** The real interpreter, in Node, on a real disk. */
let python: PyodideInterface;
let disk: SharedFs;

beforeAll(async () => {
  const folder = dirname(createRequire(import.meta.url).resolve('pyodide/package.json'));
  python = await loadPyodide({ indexURL: folder });
  disk = SharedFs.create({ bytes: 64 * 2 ** 20, fileBytes: 32 * 2 ** 20, inodes: 10_000 });
  disk.mkdirp('/app');
  disk.mkdirp('/tmp');
  mountDisk(moduleOf(python), disk);
  python.runPython('import os; os.chdir("/app")');
});

beforeEach(() => {
  for (const { name } of disk.readdir('/app')) disk.remove(`/app/${name}`);
});

const run = (code: string): unknown => python.runPython(code) as unknown;

test('files that Python writes are on the disk, and the other way round, without delay', () => {
  run('open("a.txt", "w").write("from python")');
  expect(disk.readText('/app/a.txt')).toBe('from python');
  disk.writeFile('/app/a.txt', 'changed');
  expect(run('open("a.txt").read()')).toBe('changed');
  disk.unlink('/app/a.txt');
  expect(run('os.path.exists("a.txt")')).toBe(false);
  disk.mkdir('/app/a.txt');
  expect(run('os.path.isdir("a.txt")')).toBe(true);
});

test('appends, seeks, truncates and reads back', () => {
  run(`
with open('f', 'wb') as f: f.write(b'0123456789')
with open('f', 'ab') as f: f.write(b'ab')
with open('f', 'r+b') as f:
    f.seek(-2, 2); assert f.read() == b'ab'
    f.seek(2); f.write(b'XY'); f.truncate(6)
`);
  expect(disk.readText('/app/f')).toBe('01XY45');
});

test('folders, renames, links and permissions', () => {
  run(`
import shutil, stat
os.makedirs('d/e/f'); open('d/e/x', 'w').close(); os.rename('d/e/x', 'd/y'); os.chmod('d/y', 0o600)
os.symlink('/app/d', 'link'); open('link/z', 'w').write('z')
assert sorted(os.listdir('d')) == ['e', 'y', 'z'], os.listdir('d')
assert stat.S_IMODE(os.stat('d/y').st_mode) == 0o600 and os.readlink('link') == '/app/d'
assert os.path.realpath('link/z') == '/app/d/z'
shutil.rmtree('d'); os.unlink('link')
`);
  expect(disk.readdir('/app')).toEqual([]);
});

test('the errors are those of the system', () => {
  const failures = `
def name(call):
    try: call()
    except OSError as error: return type(error).__name__
os.mkdir('d'); open('d/x', 'w').close()
[name(lambda: open('none')), name(lambda: os.mkdir('d')), name(lambda: os.rmdir('d/x')), name(lambda: open('d')),
 name(lambda: open('d/x/y')), name(lambda: open('d/x', 'x'))]`;
  expect((run(failures) as { toJs(): unknown }).toJs()).toEqual([
    'FileNotFoundError',
    'FileExistsError',
    'NotADirectoryError',
    'IsADirectoryError',
    'NotADirectoryError',
    'FileExistsError',
  ]);
});

test('a file that was unlinked stays readable while it is open', () => {
  expect(
    run(`
f = open('gone', 'w+'); f.write('still here'); f.flush(); os.unlink('gone'); f.seek(0)
text = f.read(); size = os.fstat(f.fileno()).st_size; f.close(); f"{text} {size} {os.path.exists('gone')}"`),
  ).toBe('still here 10 False');
});

test('SQLite keeps a database that two connections share', () => {
  expect(
    run(`
import sqlite3
first = sqlite3.connect('t.db'); first.execute('create table t(a)')
first.executemany('insert into t values (?)', [(i,) for i in range(1000)]); first.commit()
second = sqlite3.connect('t.db'); total = second.execute('select sum(a) from t').fetchone()[0]
first.execute('begin immediate')
second.execute('pragma busy_timeout = 0')
try: second.execute('begin immediate'); locked = 'not locked'
except sqlite3.OperationalError as error: locked = str(error)
first.rollback(); first.close(); second.close(); f"{total} {locked}"`),
  ).toBe('499500 database is locked');
  expect(disk.readdir('/app').map((entry) => entry.name)).toEqual(['t.db']);
});
