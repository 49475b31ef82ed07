import { describe, expect, it } from 'vitest';
import { FixtureStore, type Fixture } from '../testing/fixture-store.ts';
import { TestSandbox } from '../testing/sandbox.ts';
import { npmProgram, npxProgram } from './program.ts';

const store: Fixture = {
  npm: {
    'web@4.1.0': { dependencies: { shared: '^1.0.0', only: '^1.0.0' } },
    'web@5.0.0': { dependencies: { shared: '^2.0.0' } },
    'shared@1.0.0': { files: { 'index.js': 'one', 'index.d.ts': 'types' } },
    'shared@1.2.0': { files: { 'index.js': 'one two', 'index.d.ts': 'types' } },
    'shared@2.0.0': {},
    'only@1.0.0': {
      bin: { only: './cli.js', evil: '../../../etc/passwd' },
      files: { 'cli.js': '#!/usr/bin/env node\n' },
    },
    'plugin@1.0.0': { peerDependencies: { web: '^5.0.0' } },
    'old@1.0.0': { deprecated: 'use new' },
    'future@1.0.0': {},
    'future@2.0.0': { node: '>=22' },
    'sqlite3@5.1.7': { optionalDependencies: { 'node-gyp': '8.x', missing: '1' } },
    'loop@1.0.0': { dependencies: { back: '1' } },
    'back@1.0.0': { dependencies: { loop: '1' } },
    'typescript@5.9.0': {},
  },
  npmPublished: { web: ['4.0.0', '3.0.0'] },
  known: { linter: { latest: '9.1.0', bin: ['lint'] } },
};

function sandbox(manifest: object | string, fixture: Fixture = store) {
  return new TestSandbox({ 'package.json': manifest }, new FixtureStore(fixture));
}

/** Version in a place below node_modules, or undefined. */
function at(box: TestSandbox, place: string): string | undefined {
  const path = `/app/node_modules/${place}/package.json`;
  return box.fs.exists(path) ? (JSON.parse(box.fs.readText(path)) as { version: string }).version : undefined;
}

describe('npm install', () => {
  it('puts packages as high as nothing speaks against, and the rest below their users', async () => {
    const box = sandbox({ name: 'app', version: '1.0.0', dependencies: { web: '^4.0.0', shared: '^2.0.0' } });
    expect(await box.run(npmProgram, 'install')).toBe(0);
    expect(at(box, 'web')).toBe('4.1.0');
    expect(at(box, 'shared')).toBe('2.0.0');
    expect(at(box, 'web/node_modules/shared')).toBe('1.2.0');
    expect(at(box, 'only')).toBe('1.0.0');
    expect(box.stdout).toMatch(/^\nadded 4 packages in \d+m?s\n$/);
    const lock = JSON.parse(box.fs.readText('/app/package-lock.json')) as { lockfileVersion: number };
    expect(lock.lockfileVersion).toBe(3);
  });

  it('has nothing to do the second time, and takes away what is no longer asked for', async () => {
    const box = sandbox({ dependencies: { web: '4', old: '*' } });
    await box.run(npmProgram, 'install');
    expect(box.stderr).toContain('npm warn deprecated old@1.0.0: use new');
    box.stdout = '';
    await box.run(npmProgram, 'install');
    expect(box.stdout).toContain('up to date');
    box.stdout = '';
    await box.run(npmProgram, 'install', '--silent');
    expect(box.stdout).toBe('');
    box.fs.writeFile('/app/package.json', JSON.stringify({ dependencies: { web: '4' } }));
    await box.run(npmProgram, 'install');
    expect(box.stdout).toContain('removed 1 package');
    expect(at(box, 'old')).toBeUndefined();
    expect(at(box, 'web')).toBe('4.1.0');
  });

  it('prefers a version that runs on this Node over a newer one', async () => {
    const box = sandbox({ dependencies: { future: '>=1' } });
    await box.run(npmProgram, 'install');
    expect(at(box, 'future')).toBe('1.0.0');
  });

  it('ends with packages that need each other', async () => {
    const box = sandbox({ dependencies: { loop: '1' } });
    expect(await box.run(npmProgram, 'install')).toBe(0);
    expect(at(box, 'back')).toBe('1.0.0');
  });

  it('installs an alias under its own name', async () => {
    const box = sandbox({ dependencies: { shared: '2', 'shared-old': 'npm:shared@^1.0.0' } });
    expect(await box.run(npmProgram, 'install')).toBe(0);
    expect([at(box, 'shared'), at(box, 'shared-old')]).toEqual(['2.0.0', '1.2.0']);
  });

  it('brings required peers, and refuses a project that contradicts one', async () => {
    const good = sandbox({ dependencies: { plugin: '1' } });
    expect(await good.run(npmProgram, 'install')).toBe(0);
    expect(at(good, 'web')).toBe('5.0.0');
    const bad = sandbox({ dependencies: { plugin: '1', web: '^4.0.0' } });
    expect(await bad.run(npmProgram, 'install')).toBe(1);
    expect(bad.stderr).toContain('npm error code ERESOLVE');
    expect(bad.stderr).toContain('peer web@"^5.0.0" from plugin@1.0.0');
    expect(bad.unsupported).toEqual([]);
  });

  it('links commands as executable files, and none that leads out of its package', async () => {
    const box = sandbox({ dependencies: { only: '1' } });
    await box.run(npmProgram, 'install');
    expect(box.fs.readlink('/app/node_modules/.bin/only')).toBe('../only/cli.js');
    expect(box.fs.stat('/app/node_modules/.bin/only').mode & 0o111).toBe(0o111);
    expect(box.fs.exists('/app/node_modules/.bin/evil')).toBe(false);
  });

  it('writes type declarations only for a compiler', async () => {
    const plain = sandbox({ dependencies: { shared: '1' } });
    await plain.run(npmProgram, 'install');
    expect(plain.fs.exists('/app/node_modules/shared/index.d.ts')).toBe(false);
    const typed = sandbox({ dependencies: { shared: '1' }, devDependencies: { typescript: '5' } });
    await typed.run(npmProgram, 'install');
    expect(typed.fs.exists('/app/node_modules/shared/index.d.ts')).toBe(true);
  });

  it('leaves a placeholder where a compiled add-on would be, and says so', async () => {
    const box = sandbox({ dependencies: { sqlite3: '^5.0.0' } });
    expect(await box.run(npmProgram, 'install')).toBe(0);
    expect(box.fs.exists('/app/node_modules/sqlite3/build/Release/node_sqlite3.node')).toBe(true);
    expect(box.substitutions.map(({ package: name, kind }) => [name, kind])).toEqual([
      ['sqlite3', 'core'],
      ['node-gyp', 'omitted'],
    ]);
  });

  it('adds named packages to package.json', async () => {
    const box = sandbox('{\n    "name": "app"\n}');
    expect(await box.run(npmProgram, 'install', 'web', 'shared@1.0.0')).toBe(0);
    expect(box.fs.readText('/app/package.json')).toBe(
      '{\n    "name": "app",\n    "dependencies": {\n        "shared": "^1.0.0",\n        "web": "^5.0.0"\n    }\n}\n',
    );
  });

  it('runs the scripts of the project around the install', async () => {
    const box = sandbox({
      name: 'app',
      version: '1.0.0',
      scripts: { postinstall: 'echo after', preinstall: 'echo before' },
    });
    expect(await box.run(npmProgram, 'install')).toBe(0);
    expect(box.spawned.map((words) => words.at(-1))).toEqual(['echo before', 'echo after']);
    expect(box.stdout).toContain('\n> app@1.0.0 postinstall\n> echo after\n');
    box.codes['echo after'] = 3;
    expect(await box.run(npmProgram, 'install')).toBe(3);
    expect(box.stderr).toContain('npm error command failed');
  });
});

describe('npm and what is not there', () => {
  it('fails as npm does for a version that was never published', async () => {
    const box = sandbox({ dependencies: { web: '^99.0.0' } });
    expect(await box.run(npmProgram, 'install')).toBe(1);
    expect(box.stderr).toContain(
      'npm error code ETARGET\nnpm error notarget No matching version found for web@^99.0.0.',
    );
    expect(box.unsupported).toEqual([]);
  });

  it.each([
    ['web', '3.0.0'],
    ['nobody-knows', '^1.0.0'],
  ])('needs the registry for %s@%s', async (name, range) => {
    const box = sandbox({ dependencies: { [name]: range } });
    expect(await box.run(npmProgram, 'install')).toBe(1);
    expect(box.unsupported.map(({ reason }) => reason)).toEqual(['needs-registry']);
    expect(box.unsupported[0]?.detail).toContain(name);
  });

  it('fails when the registry says that there is no such package', async () => {
    const box = sandbox({ dependencies: { 'nobody-knows': '^1.0.0' } }, { ...store, registry: {} });
    expect(await box.run(npmProgram, 'install')).toBe(1);
    expect(box.stderr).toContain("'nobody-knows@^1.0.0' is not in this registry.");
    expect(box.unsupported).toEqual([]);
  });

  it('installs from the registry what the store lacks', async () => {
    const dist = { tarball: 'https://registry.example/extra.tgz', integrity: 'sha512-x' };
    const registry = {
      extra: {
        'dist-tags': { latest: '1.0.0' },
        versions: { '1.0.0': { dist, dependencies: { shared: '1' } } },
      },
    };
    const box = sandbox({ dependencies: { extra: '^1.0.0' } }, { ...store, registry });
    expect(await box.run(npmProgram, 'install')).toBe(0);
    expect(box.fs.readText('/app/node_modules/extra/from.txt')).toBe(dist.tarball);
    expect(at(box, 'shared')).toBe('1.2.0');
  });

  it('leaves out a known development tool, whose command then unscores the run', async () => {
    const box = sandbox({ devDependencies: { linter: '^9.0.0' } });
    expect(await box.run(npmProgram, 'install')).toBe(0);
    expect(box.unsupported).toEqual([]);
    expect(box.substitutions).toMatchObject([{ package: 'linter', kind: 'omitted' }]);
    expect(box.fs.readText('/app/node_modules/.bin/lint')).toContain('exec npm left-out lint');
    expect(await box.run(npmProgram, 'left-out', 'lint')).toBe(127);
    expect(box.unsupported).toMatchObject([{ reason: 'needs-registry' }]);
  });

  it('does not take a development dependency on trust that is unknown or newer than known', async () => {
    for (const devDependencies of [{ nonsense: '1' }, { linter: '^10.0.0' }]) {
      const box = sandbox({ devDependencies });
      expect(await box.run(npmProgram, 'install')).toBe(1);
      expect(box.unsupported).toHaveLength(1);
    }
  });

  it('cannot install from Git, folders and addresses, and says so', async () => {
    for (const spec of ['github:a/b', 'a/b', 'file:../x', 'https://x.example/y.tgz']) {
      const box = sandbox({ dependencies: { thing: spec } });
      expect(await box.run(npmProgram, 'install')).toBe(1);
      expect(box.unsupported).toMatchObject([{ reason: 'engine' }]);
    }
  });

  it.each(['__proto__', 'constructor', '../up', 'a/../../b', '.hidden', 'node_modules'])(
    'refuses the name %s',
    async (name) => {
      const box = sandbox(`{"dependencies": {${JSON.stringify(name)}: "*"}}`);
      const code = await box.run(npmProgram, 'install');
      const modules = box.fs.exists('/app/node_modules')
        ? box.fs.readdir('/app/node_modules').map((entry) => entry.name)
        : [];
      expect(modules.filter((entry) => entry !== '.package-lock.json')).toEqual([]);
      if (name !== '__proto__' && name !== 'constructor') expect(code).toBe(1);
    },
  );

  it('reports a package.json that is missing or broken as npm does', async () => {
    const missing = new TestSandbox({}, new FixtureStore(store));
    expect(await missing.run(npmProgram, 'install')).toBe(254);
    expect(missing.stderr).toContain(
      "enoent Could not read package.json: Error: ENOENT: no such file or directory, open '/app/package.json'",
    );
    const broken = sandbox('{ nonsense');
    expect(await broken.run(npmProgram, 'install')).toBe(1);
    expect(broken.stderr).toContain('npm error code EJSONPARSE\nnpm error path /app/package.json');
  });
});

describe('npm ci', () => {
  it('installs exactly what the lock says', async () => {
    const box = sandbox({ name: 'app', dependencies: { shared: '^1.0.0' } });
    box.fs.writeFile(
      '/app/package-lock.json',
      JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/shared': { version: '1.0.0' } } }),
    );
    expect(await box.run(npmProgram, 'ci')).toBe(0);
    expect(at(box, 'shared')).toBe('1.0.0');
  });

  it('refuses a missing lock and one that does not fit', async () => {
    const box = sandbox({ dependencies: { shared: '^2.0.0' } });
    expect(await box.run(npmProgram, 'ci')).toBe(1);
    expect(box.stderr).toContain('npm error code EUSAGE');
    box.fs.writeFile(
      '/app/package-lock.json',
      JSON.stringify({ packages: { 'node_modules/shared': { version: '1.0.0' } } }),
    );
    expect(await box.run(npmProgram, 'ci')).toBe(1);
    expect(box.stderr).toContain("Invalid: lock file's shared@1.0.0 does not satisfy shared@2.0.0");
  });

  it('ignores places in a lock that lie outside node_modules', async () => {
    const box = sandbox({ dependencies: {} });
    const packages = { '../evil': { version: '1.0.0' }, 'node_modules/../../etc': { version: '1.0.0' } };
    box.fs.writeFile('/app/package-lock.json', JSON.stringify({ packages }));
    expect(await box.run(npmProgram, 'install')).toBe(0);
    expect(box.fs.readdir('/').map(({ name }) => name)).not.toContain('etc');
  });
});

describe('npm run', () => {
  it('runs the script between its pre and post script and passes arguments on', async () => {
    const box = sandbox({ scripts: { start: 'node a.js', prestart: 'echo pre', poststart: 'echo post' } });
    expect(await box.run(npmProgram, 'start', '--', '--port', '30 00')).toBe(0);
    expect(box.spawned.map((words) => words.at(-1))).toEqual([
      'echo pre',
      "node a.js --port '30 00'",
      'echo post',
    ]);
  });

  it('ends with the code of the script that failed', async () => {
    const box = sandbox({ scripts: { build: 'false' } });
    box.codes['false'] = 7;
    expect(await box.run(npmProgram, 'run', 'build')).toBe(7);
  });

  it('names a script that is missing, and starts server.js without one', async () => {
    const box = sandbox({ name: 'app', scripts: {} });
    expect(await box.run(npmProgram, 'start')).toBe(1);
    expect(box.stderr).toContain('npm error Missing script: "start"');
    box.fs.writeFile('/app/server.js', '');
    expect(await box.run(npmProgram, 'start')).toBe(0);
    expect(box.spawned).toEqual([['sh', '-c', 'node server.js']]);
  });
});

describe('npx', () => {
  it('runs a command of the project, or installs its package aside', async () => {
    const box = sandbox({ dependencies: { only: '1' } });
    await box.run(npmProgram, 'install');
    expect(await box.run(npxProgram, 'only', '--flag')).toBe(0);
    expect(box.spawned).toEqual([['sh', '-c', '/app/node_modules/.bin/only --flag']]);
    const fresh = sandbox({ name: 'app' });
    expect(await fresh.run(npxProgram, '--yes', 'only@1')).toBe(0);
    expect(fresh.spawned).toEqual([['sh', '-c', 'only']]);
    expect(fresh.fs.exists('/app/node_modules')).toBe(false);
  });
});
