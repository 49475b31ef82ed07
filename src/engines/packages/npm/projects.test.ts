import { describe, expect, it } from 'vitest';
import { FixtureStore, type Fixture } from '../testing/fixture-store.ts';
import { TestSandbox } from '../testing/sandbox.ts';
import { npmProgram } from './program.ts';

/** What projects bring along: locks, settings, workspaces, overrides, scripts. Texts are those of npm 10.8.2. */

const store: Fixture = {
  npm: {
    'web@4.1.0': { dependencies: { log: '^1.0.0' } },
    'log@1.0.0': { dependencies: { ms: '^1.0.0' } },
    'log@2.0.0': { dependencies: { ms: '^2.0.0' } },
    'ms@1.0.0': {},
    'ms@2.0.0': { node: '>=22' },
    'ms@2.1.0': {},
    'needs-web5@1.0.0': { peerDependencies: { web: '^5.0.0' } },
    'bundler@1.0.0': { optionalDependencies: { '@bundler/linux-x64': '1.0.0', '@bundler/darwin': '1.0.0' } },
    '@bundler/linux-x64@1.0.0': {},
  },
};

const sandbox = (files: Record<string, object | string>) => new TestSandbox(files, new FixtureStore(store));

function at(box: TestSandbox, place: string): string | undefined {
  const path = `/app/${place}/package.json`;
  return box.fs.exists(path) ? (JSON.parse(box.fs.readText(path)) as { version: string }).version : undefined;
}

describe('npm install in a project', () => {
  it('links workspaces and folders, and installs what they need as high as it can', async () => {
    const box = sandbox({
      'package.json': {
        name: 'all',
        workspaces: ['packages/*'],
        dependencies: { ms: '1', tool: 'file:./tools/t' },
      },
      'packages/a/package.json': { name: 'a', version: '1.0.0', dependencies: { ms: '^2.1.0', b: '*' } },
      'packages/b/package.json': { name: 'b', version: '1.0.0', bin: './run.js' },
      'packages/b/run.js': '',
      'tools/t/package.json': { name: 'tool', version: '3.0.0', dependencies: { log: '1' } },
    });
    expect(await box.run(npmProgram, 'install')).toBe(0);
    expect(box.stdout).toMatch(/^\nadded 6 packages in /);
    expect(box.fs.readlink('/app/node_modules/a')).toBe('../packages/a');
    expect(box.fs.readlink('/app/node_modules/tool')).toBe('../tools/t');
    expect(box.fs.readlink('/app/node_modules/.bin/b')).toBe('../../packages/b/run.js');
    expect([at(box, 'node_modules/ms'), at(box, 'packages/a/node_modules/ms')]).toEqual(['1.0.0', '2.1.0']);
    expect(at(box, 'node_modules/log')).toBe('1.0.0');
    const lock = JSON.parse(box.fs.readText('/app/package-lock.json')) as {
      packages: Record<string, unknown>;
    };
    expect(lock.packages['node_modules/a']).toEqual({ resolved: 'packages/a', link: true });
    expect(lock.packages['packages/b']).toEqual({ version: '1.0.0', bin: { b: './run.js' } });
    box.stdout = '';
    expect(await box.run(npmProgram, 'install')).toBe(0);
    expect(box.stdout).toContain('up to date');
    expect(await box.run(npmProgram, 'ci')).toBe(0);
  });

  it('runs the scripts of workspaces that are named', async () => {
    const box = sandbox({
      'package.json': { name: 'all', workspaces: ['packages/*'] },
      'packages/a/package.json': { name: 'a', version: '1.0.0', scripts: { hi: 'echo a' } },
      'packages/b/package.json': { name: 'b', version: '1.0.0', scripts: { hi: 'echo b' } },
    });
    expect(await box.run(npmProgram, 'run', 'hi', '-w', 'b')).toBe(0);
    expect(await box.run(npmProgram, 'run', 'hi', '--workspaces')).toBe(0);
    expect(box.spawned.map((words) => words.at(-1))).toEqual(['echo b', 'echo a', 'echo b']);
    expect(await box.run(npmProgram, 'run', 'nope', '-w', 'packages/a')).toBe(1);
    expect(box.stderr).toContain(
      'npm error Lifecycle script `nope` failed with error:\nnpm error workspace a@1.0.0',
    );
  });

  it('overrides ranges everywhere, or below one package', async () => {
    const everywhere = sandbox({
      'package.json': { dependencies: { web: '4' }, overrides: { ms: '2.1.0' } },
    });
    expect(await everywhere.run(npmProgram, 'install')).toBe(0);
    expect(at(everywhere, 'node_modules/ms')).toBe('2.1.0');
    const below = sandbox({
      'package.json': {
        dependencies: { web: '4', log: '1.0.0' },
        overrides: { web: { log: { '.': '2.0.0', ms: '1.0.0' } } },
      },
    });
    expect(await below.run(npmProgram, 'install')).toBe(0);
    expect(at(below, 'node_modules/log')).toBe('1.0.0');
    expect(at(below, 'node_modules/web/node_modules/log')).toBe('2.0.0');
    expect(at(below, 'node_modules/ms')).toBe('1.0.0');
    expect(at(below, 'node_modules/web/node_modules/ms')).toBeUndefined();
    const contradiction = sandbox({ 'package.json': { dependencies: { ms: '1' }, overrides: { ms: '2' } } });
    expect(await contradiction.run(npmProgram, 'install')).toBe(1);
    expect(contradiction.stderr).toContain('npm error Override for ms@1 conflicts with direct dependency');
  });

  it('follows a lock of version 1, and leaves out what a lock has for other platforms', async () => {
    const old = sandbox({
      'package.json': { dependencies: { web: '4' } },
      'package-lock.json': {
        lockfileVersion: 1,
        dependencies: {
          web: { version: '4.1.0', requires: { log: '^1.0.0' } },
          log: { version: '1.0.0', requires: { ms: '^1' }, dependencies: { ms: { version: '1.0.0' } } },
        },
      },
    });
    expect(await old.run(npmProgram, 'ci')).toBe(0);
    expect(at(old, 'node_modules/log/node_modules/ms')).toBe('1.0.0');
    const other = sandbox({
      'package.json': { dependencies: { bundler: '1' } },
      'package-lock.json': {
        packages: {
          'node_modules/bundler': { version: '1.0.0' },
          'node_modules/@bundler/linux-x64': {
            version: '1.0.0',
            optional: true,
            os: ['linux'],
            cpu: ['x64'],
          },
          'node_modules/@bundler/darwin': { version: '1.0.0', optional: true, os: ['darwin'] },
        },
      },
    });
    expect(await other.run(npmProgram, 'ci')).toBe(0);
    expect(other.fs.readdir('/app/node_modules/@bundler').map(({ name }) => name)).toEqual(['linux-x64']);
  });

  it('passes over development packages that only a lock knows', async () => {
    const box = sandbox({
      'package.json': { dependencies: { ms: '1' }, devDependencies: { 'test-kit': '^3.0.0' } },
      'package-lock.json': {
        packages: {
          'node_modules/ms': { version: '1.0.0' },
          'node_modules/test-kit': { version: '3.1.0', dev: true, dependencies: { deep: '1' } },
          'node_modules/deep': { version: '1.0.0', dev: true },
        },
      },
    });
    expect(await box.run(npmProgram, 'ci')).toBe(0);
    expect([box.unsupported, box.substitutions.map(({ package: name }) => name)]).toEqual([[], ['test-kit']]);
  });

  it('takes another version where the lock names one that only the registry has', async () => {
    const manifest = { dependencies: { ms: '^2.0.0' } };
    const lock = { packages: { 'node_modules/ms': { version: '2.3.0' } } };
    const box = sandbox({ 'package.json': manifest, 'package-lock.json': lock });
    expect(await box.run(npmProgram, 'ci')).toBe(0);
    expect(at(box, 'node_modules/ms')).toBe('2.1.0');
    expect(box.substitutions).toMatchObject([{ package: 'ms', kind: 'version' }]);
    const pinned = sandbox({ 'package.json': { dependencies: { ms: '2.3.0' } }, 'package-lock.json': lock });
    expect(await pinned.run(npmProgram, 'ci')).toBe(1);
    expect(pinned.unsupported).toMatchObject([{ reason: 'needs-registry' }]);
  });

  it('warns of packages for another Node, and heeds .npmrc and NODE_ENV', async () => {
    const box = sandbox({
      'package.json': {
        name: 'app',
        version: '1.0.0',
        engines: { node: '>=22' },
        dependencies: { ms: '2.0.0' },
      },
    });
    expect(await box.run(npmProgram, 'install')).toBe(0);
    expect(box.stderr).toBe(
      ['app@1.0.0', 'ms@2.0.0']
        .flatMap((what) => [
          'Unsupported engine {',
          `  package: '${what}',`,
          "  required: { node: '>=22' },",
          "  current: { node: 'v20.20.2', npm: '10.8.2' }",
          '}',
        ])
        .map((line) => `npm warn EBADENGINE ${line}\n`)
        .join(''),
    );
    const manifest = { dependencies: { web: '4', 'needs-web5': '1' }, devDependencies: { ms: '2.1.0' } };
    const strict = sandbox({ 'package.json': manifest });
    expect(await strict.run(npmProgram, 'install')).toBe(1);
    const lenient = sandbox({
      'package.json': manifest,
      '.npmrc': '# ours\nlegacy-peer-deps = true\nomit=dev\n',
    });
    const code = await lenient.run(npmProgram, 'install');
    expect([code, lenient.stderr]).toEqual([0, '']);
    expect([at(lenient, 'node_modules/web'), at(lenient, 'node_modules/ms')]).toEqual(['4.1.0', undefined]);
    expect(at(lenient, 'node_modules/log/node_modules/ms')).toBe('1.0.0');
  });

  it('names compiled packages without a stand-in', async () => {
    const box = sandbox({ 'package.json': { dependencies: { sharp: '^0.33.0' } } });
    expect(await box.run(npmProgram, 'install')).toBe(1);
    expect(box.unsupported).toMatchObject([{ reason: 'engine' }]);
    expect(box.unsupported[0]?.detail).toContain('sharp is compiled code');
    const optional = sandbox({ 'package.json': { optionalDependencies: { bufferutil: '^4' } } });
    expect(await optional.run(npmProgram, 'install')).toBe(0);
  });
});

describe('npm and package.json', () => {
  it('removes and adds packages where they stand, in the layout of the file', async () => {
    const box = sandbox({ 'package.json': '{"dependencies":{"ms":"1.0.0"},"devDependencies":{"web":"4"}}' });
    expect(await box.run(npmProgram, 'install', '-D', 'ms')).toBe(0);
    expect(box.fs.readText('/app/package.json')).toBe('{"devDependencies":{"ms":"^2.1.0","web":"4"}}');
    expect(await box.run(npmProgram, 'uninstall', 'web')).toBe(0);
    expect(box.fs.readText('/app/package.json')).toBe('{"devDependencies":{"ms":"^2.1.0"}}');
    expect(at(box, 'node_modules/web')).toBeUndefined();
    expect(box.stdout).toMatch(/removed 3 packages in /);
  });

  it('reads and writes fields', async () => {
    const box = sandbox({ 'package.json': { name: 'app', version: '1.2.3', scripts: { a: 'b' } } });
    await box.run(npmProgram, 'pkg', 'get', 'name');
    await box.run(npmProgram, 'pkg', 'set', 'scripts.x=echo x', '__proto__.y=1');
    await box.run(npmProgram, 'pkg', 'get', 'scripts');
    expect(box.stdout).toBe('"app"\n{\n  "a": "b",\n  "x": "echo x"\n}\n');
    expect(({} as { y?: unknown }).y).toBeUndefined();
    await box.run(npmProgram, 'version', 'minor');
    expect(JSON.parse(box.fs.readText('/app/package.json'))).toMatchObject({ version: '1.3.0' });
  });

  it('lists what is installed and what is missing', async () => {
    const box = sandbox({
      'package.json': { name: 'app', version: '1.0.0', dependencies: { ms: '1', log: '^1.0.0' } },
    });
    await box.run(npmProgram, 'install');
    box.fs.remove('/app/node_modules/ms');
    box.stdout = '';
    expect(await box.run(npmProgram, 'ls')).toBe(1);
    expect(box.stdout).toBe('app@1.0.0 /app\n├── log@1.0.0\n└── UNMET DEPENDENCY ms@1\n\n');
    expect(box.stderr).toBe('npm error code ELSPROBLEMS\nnpm error missing: ms@1, required by app@1.0.0\n');
  });

  it('proposes scripts that were meant', async () => {
    const box = sandbox({
      'package.json': { name: 'app', version: '1.0.0', scripts: { hello: 'x', prehello: 'y' } },
    });
    expect(await box.run(npmProgram, 'run', 'hell')).toBe(1);
    expect(box.stderr).toBe(
      [
        'Missing script: "hell"',
        '',
        'Did you mean one of these?',
        '  npm help # Get help on npm',
        '  npm run hello # run the "hello" package script',
        '',
        'To see a list of scripts, run:',
        '  npm run',
      ]
        .map((line) => `npm error ${line}`.trimEnd() + '\n')
        .join(''),
    );
  });
});
