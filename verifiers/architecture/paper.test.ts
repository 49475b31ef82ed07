import { describe, expect, it } from 'vitest';
import { Source } from '../sources.ts';
import { readFixtures } from '../testing/fixtures.ts';
import { checkArchitecture } from './paper.ts';

const fixtures = readFixtures(
  import.meta.glob<string>('./fixtures/**/*', { query: '?raw', import: 'default', eager: true }),
);

const layered = (more: Record<string, string>) =>
  Object.entries({
    'routes/a.js': '',
    'services/a.js': '',
    'models/a.js': '',
    'repositories/a.js': '',
    ...more,
  }).map(([path, text]) => new Source(path, text));

describe('the architecture rule of the paper', () => {
  it('has fixtures of both kinds', () => {
    expect(fixtures.filter((fixture) => fixture.kind === 'passing')).toHaveLength(3);
    expect(fixtures.filter((fixture) => fixture.kind === 'failing')).toHaveLength(6);
  });

  it.each(fixtures)('is right about $kind/$name', ({ kind, sources }) => {
    expect(checkArchitecture(sources).compliant).toBe(kind === 'passing');
  });

  it('says where an import goes upwards', () => {
    const fixture = fixtures.find(({ name }) => name === 'upward-require');
    expect(checkArchitecture(fixture?.sources ?? []).findings).toEqual([
      {
        rule: 'architecture',
        file: 'repositories/articles.js',
        line: 3,
        column: 30,
        message:
          'a file of the repositories layer imports ../services/slugs of the services layer, which lies above it',
      },
    ]);
  });

  it('says which layers are missing', () => {
    const fixture = fixtures.find(({ name }) => name === 'two-layers');
    expect(checkArchitecture(fixture?.sources ?? []).findings.map((finding) => finding.message)).toEqual([
      'only 2 of 4 layers have a directory, 3 are needed; there is none for models, repositories',
    ]);
  });

  it('names the layers of a compliant submission', () => {
    expect(checkArchitecture(layered({})).findings.map((finding) => finding.message)).toEqual([
      'has the routes layer',
      'has the services layer',
      'has the models layer',
      'has the repositories layer',
    ]);
  });

  it.each([
    [
      'a file by its first fitting layer, not its first directory',
      'models/services/x.js',
      "require('../routes/a')",
      false,
    ],
    ['a directory in capitals', 'SRC/Models/x.js', "require('../services/a')", false],
    ['a file name, which is no directory', 'lib/models.js', "require('../routes/a')", true],
    ['an import in capitals', 'models/x.py', 'import Services', false],
    ['dots as slashes', 'models/x.py', 'from app.core.routers.x import y', false],
    ['a require in the middle of a line', 'models/x.js', 'const a = b || require( "../routes/a" );', false],
    ['an import of the same layer', 'services/x.js', "import { a } from '../services/a.js';", true],
    ['an import below', 'routes/x.js', "import { a } from '../models/a.js';", true],
    ['a dynamic import, which is not looked for', 'models/x.js', "await import('../routes/a.js')", true],
    ['a side-effect import, which is not looked for', 'models/x.js', "import '../routes/a.js';", true],
    ['the first of several modules in one import only', 'models/x.py', 'import os, routes', true],
    ['a route by its outer directory', 'routes/models/x.js', "require('../../services/a')", true],
    ['models before repositories', 'data/models/x.js', "require('../../repositories/a')", false],
    ['an ESM import on one line', 'models/x.ts', '  import type { A } from "../services/a";', false],
    [
      'an ESM import in the middle of a line',
      'models/x.js',
      "x(); import { a } from '../services/a.js';",
      true,
    ],
    ['an export from a layer above', 'models/x.js', "export { a } from '../services/a.js';", true],
    ['a Python import inside a function', 'models/x.py', 'def f():\n    from services.a import b', false],
    ['a relative Python import', 'repositories/x.py', 'from ..services import a', false],
    ['the names of a Python import', 'repositories/x.py', 'from .. import services', true],
    ['a require with a template', 'models/x.js', 'require(`../routes/a`)', true],
    ['an import in a file that is no code', 'models/notes.md', 'import services', false],
  ])('reads %s', (_, path, text, compliant) => {
    expect(checkArchitecture(layered({ [path]: text })).compliant).toBe(compliant);
  });

  it.each([
    ['routes', 'routes route handlers handler routers views'],
    ['services', 'services service usecases use_cases'],
    ['models', 'models model entities entity domain'],
    ['repositories', 'repositories repository repos data_access data dao dal'],
  ])('knows the directories of %s', (layer, names) => {
    for (const name of names.split(' ')) {
      const [finding] = checkArchitecture([new Source(`src/${name}/x.js`, '')]).findings;
      expect(finding?.message).toMatch(/^only 1 of 4/);
      expect(finding?.message).not.toContain(layer);
    }
  });

  it.each(['controllers', 'use-cases', 'data-access', 'persistence', 'api', 'schemas', 'crud'])(
    'does not know %s',
    (name) => {
      const [finding] = checkArchitecture([new Source(`src/${name}/x.js`, '')]).findings;
      expect(finding?.message).toMatch(/^only 0 of 4/);
    },
  );

  it('counts every directory on a path for the question which layers there are', () => {
    const sources = ['domain/services/a.js', 'domain/repositories/b.md'].map((path) => new Source(path, ''));
    expect(checkArchitecture(sources).compliant).toBe(true);
  });

  it('takes linear time on hostile text', () => {
    const size = 300_000;
    const texts = ['\n', ' ', 'import ', 'import\t', 'from ', "require('", "import x from '", 'import\n'].map(
      (part) => part.repeat(size),
    );
    const hostile = Object.fromEntries(texts.map((text, i) => [`models/${i}.js`, text]));
    expect(
      checkArchitecture(layered({ ...hostile, 'models/s.js': `import${' '.repeat(size)}` })).compliant,
    ).toBe(true);
  });

  it('keeps a number of findings that a page can show', () => {
    const many = layered({ 'models/x.py': 'import routes\n'.repeat(10_000) });
    expect(checkArchitecture(many).findings).toHaveLength(200);
  });

  it('fails nothing at all', () => {
    expect(checkArchitecture([])).toMatchObject({ compliant: false });
  });
});
