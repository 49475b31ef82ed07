import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPyodide, type PyodideInterface } from 'pyodide';
import { beforeAll, expect, test } from 'vitest';

/** The rewriting of a submission's files, in the interpreter that will run it. */

const library = join(import.meta.dirname, 'lib');
/** Below the folder of the standard library, so that these modules are not taken for a submission's. */
const place = '/lib/python3.14/own';

let python: PyodideInterface;

beforeAll(async () => {
  python = await loadPyodide();
  python.FS.mkdirTree(place);
  for (const name of readdirSync(library).filter((entry) => entry.endsWith('.py'))) {
    python.FS.writeFile(`${place}/${name}`, readFileSync(join(library, name)));
  }
  python.runPython(`
import sys
sys.path.append('${place}')
import _sandbox_compile
_sandbox_compile.install()

def outcome(source, filename='/app/main.py'):
    namespace = {'__name__': 'main'}
    try:
        exec(_sandbox_compile.compile_any(source, filename, 'exec'), namespace)
    except Exception as error:
        line = error.lineno if isinstance(error, SyntaxError) else error.__traceback__.tb_next.tb_lineno
        return f'{type(error).__name__}: {error}' if line is None else f'{line}: {type(error).__name__}: {error}'
    return repr(namespace.get('result'))
`);
}, 60_000);

/** What a program sets as `result`, or its error after the error's line. */
function outcome(source: string, filename?: string): string {
  const run = python.globals.get('outcome') as (source: string, filename?: string) => string;
  return filename === undefined ? run(source) : run(source, filename);
}

test.each([
  ['x = 1\ndef f(a: Missing): pass', "2: NameError: name 'Missing' is not defined"],
  ['def f(a,\n  b: Missing): pass', "2: NameError: name 'Missing' is not defined"],
  ['x: Missing = 1', "1: NameError: name 'Missing' is not defined"],
  ['class A:\n  x: Missing', "1: NameError: name 'Missing' is not defined"],
  [
    'from __future__ import annotations\ndef f(a: Missing): pass\nresult = f.__annotations__',
    "{'a': 'Missing'}",
  ],
  ['def f():\n  x: Missing = 2\n  return x\nresult = f()', '2'],
  [
    'class A:\n  __x: int\n  def m(self, __y: str): pass\nresult = A.__annotations__, A.m.__annotations__',
    "({'_A__x': <class 'int'>}, {'_A__y': <class 'str'>})",
  ],
])('annotations of %j', (source, expected) => {
  expect(outcome(source)).toBe(expected);
});

test.each([
  ['try: pass\nexcept A, B: pass', 'multiple exception types must be parenthesized'],
  ['t"x"', 'invalid syntax'],
  ['def f[T = int](): pass', "expected '('"],
])('newer syntax %j', (source, message) => {
  expect(outcome(source)).toContain(`SyntaxError: ${message}`);
});

test.each([
  ['import uuid\nuuid.uuid7', "2: AttributeError: module 'uuid' has no attribute 'uuid7'"],
  ['import annotationlib', "1: ModuleNotFoundError: No module named 'annotationlib'"],
  ['import sys\nresult = sys.version_info[:2]', '(3, 12)'],
])('newer names in %j', (source, expected) => {
  expect(outcome(source)).toBe(expected);
});

test('installed packages are left as they are', () => {
  const place = '/usr/local/lib/python3.14/site-packages/package/__init__.py';
  expect(outcome('def f(a: Missing): pass\nimport uuid\nresult = callable(uuid.uuid7)', place)).toBe('True');
});
