import { expect, it } from 'vitest';
import { readPython } from './read-python.ts';

const read = (text: string) =>
  readPython({
    id: 1,
    path: 'app/main.py',
    text,
    paths: ['app/main.py', 'app/models.py', 'app/__init__.py'],
  });

it('tells where the grammar is broken, and says nothing of what is right', () => {
  expect(read('def f(:\n    return 1\n').problems[0]).toMatchObject({ message: expect.any(String) });
  expect(read('async def f(x: int = 1) -> str:\n    return f"{x!r}"\n').problems).toEqual([]);
});

it('gives functions, classes and methods in order', () => {
  const { symbols } = read(
    'class A:\n    def m(self): pass\n\nif True:\n    def f():\n        def g(): pass\n',
  );
  expect(symbols).toMatchObject([
    { name: 'A', kind: 'class', at: 0, children: [{ name: 'm', kind: 'method' }] },
    { name: 'f', kind: 'function', children: [{ name: 'g', kind: 'function' }] },
  ]);
});

it('says which file an import names', () => {
  const { imports } = read(
    'from .models import User\nfrom app import models\nimport flask\nfrom .gone import x\n',
  );
  expect(imports.map(({ path, package: name }) => path ?? name)).toEqual([
    'app/models.py',
    'app/models.py',
    'flask',
    undefined,
  ]);
});
