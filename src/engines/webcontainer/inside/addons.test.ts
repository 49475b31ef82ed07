import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildWebContainerFiles } from '../../../../scripts/engines/webcontainer.mjs';
import { relayVariables } from './environment.ts';

/** The preload under real Node: packages' own JavaScript from the package store, our cores beneath it. */

const store = join(import.meta.dirname, '../../../../public/store/npm');
const packages = {
  'better-sqlite3': 'better-sqlite3-12.11.1.tgz',
  sqlite3: 'sqlite3-5.1.7.tgz',
  bcrypt: 'bcrypt-6.0.0.tgz',
  argon2: 'argon2-0.44.0.tgz',
  bindings: 'bindings-1.5.0.tgz',
  'file-uri-to-path': 'file-uri-to-path-1.0.0.tgz',
  'node-gyp-build': 'node-gyp-build-4.8.4.tgz',
  'node-addon-api': 'node-addon-api-8.9.2.tgz',
  '@phc/format': '@phc+format-1.0.0.tgz',
} as const;

/** Bundling takes its time on loaded cores. */
const buildMs = 120_000;
let root: string;
let preload: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'decay-addons-'));
  const built = join(root, 'relay');
  for (const { name, path } of await buildWebContainerFiles({ outDir: built, only: ['addons'] })) {
    if (path !== join(built, name)) await copyFile(path, join(built, name));
  }
  preload = join(built, 'addons.cjs');
}, buildMs);
beforeEach(() => writeFile(join(root, 'reports'), ''));
afterAll(() => rm(root, { recursive: true, force: true }));

async function install(name: keyof typeof packages): Promise<string> {
  const target = join(root, 'node_modules', name);
  await mkdir(target, { recursive: true });
  const { status } = spawnSync('tar', [
    'xzf',
    join(store, packages[name]),
    '-C',
    target,
    '--strip-components=1',
  ]);
  expect(status).toBe(0);
  return target;
}

function run(script: string, env: Record<string, string> = {}, args: string[] = []) {
  const result = spawnSync(
    process.execPath,
    ['--require', preload, ...(args.length > 0 ? args : ['-e', script])],
    {
      cwd: env['CWD'] ?? root,
      env: { ...process.env, [relayVariables.reports]: join(root, 'reports'), ...env },
      encoding: 'utf8',
    },
  );
  return { ...result, stderr: result.stderr.slice(0, 2_000) };
}

async function reports(): Promise<unknown[]> {
  const lines = (await readFile(join(root, 'reports'), 'utf8')).trim().split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as unknown);
}

describe.skipIf(!existsSync(join(store, packages.bcrypt)))(
  'stand-ins for compiled add-ons, under real Node',
  () => {
    it('better-sqlite3 keeps its data in a file', async () => {
      for (const name of ['better-sqlite3', 'bindings', 'file-uri-to-path'] as const) await install(name);
      const first = run(`
      const db = require('better-sqlite3')('data.db');
      db.exec('CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)');
      db.transaction(() => { for (const word of ['x', 'ü']) db.prepare('INSERT INTO t (b) VALUES (?)').run(word); })();
      db.close();`);
      expect([first.stderr, first.status]).toEqual(['', 0]);
      const second = run(`
      const db = require('better-sqlite3')('data.db');
      console.log(JSON.stringify(db.prepare('SELECT * FROM t').all()));`);
      expect([second.stderr, second.stdout]).toEqual(['', '[{"a":1,"b":"x"},{"a":2,"b":"ü"}]\n']);
      expect((await readFile(join(root, 'data.db'))).subarray(0, 15).toString()).toBe('SQLite format 3');
      expect(await reports()).toContainEqual(
        expect.objectContaining({ type: 'substitution', package: 'better-sqlite3', kind: 'core' }),
      );
    });

    it('sqlite3 answers through its callbacks', async () => {
      for (const name of ['sqlite3', 'bindings', 'file-uri-to-path'] as const) await install(name);
      const { stdout, stderr } = run(`
      const { Database } = require('sqlite3');
      const db = new Database('other.db');
      db.serialize(() => {
        db.run('CREATE TABLE t (a)');
        db.run('INSERT INTO t VALUES (?)', 5, function () { console.log('id', this.lastID); });
        db.get('SELECT a FROM t', (error, row) => console.log(error, JSON.stringify(row)));
        db.close(() => console.log('closed'));
      });`);
      expect([stderr, stdout]).toEqual(['', 'id 1\nnull {"a":5}\nclosed\n']);
    });

    it('bcrypt and argon2 hash and compare', async () => {
      for (const name of ['bcrypt', 'argon2', 'node-gyp-build', 'node-addon-api', '@phc/format'] as const) {
        await install(name);
      }
      const { stdout, stderr } = run(`
      const bcrypt = require('bcrypt');
      const argon2 = require('argon2');
      (async () => {
        const hash = await bcrypt.hash('secret', 4);
        console.log(hash.slice(0, 7), await bcrypt.compare('secret', hash), bcrypt.compareSync('other', hash));
        const other = await argon2.hash('secret', { memoryCost: 1024, timeCost: 2 });
        console.log(other.slice(0, 10), await argon2.verify(other, 'secret'), await argon2.verify(other, 'no'));
      })();`);
      expect([stderr, stdout]).toEqual(['', '$2b$04$ true false\n$argon2id$ true false\n']);
    });

    it('nothing is fetched or compiled when such a package is installed', async () => {
      const directory = await install('sqlite3');
      const script = join(directory, 'prebuild-install.js');
      await writeFile(script, "console.log('fetches'); process.exit(1);");
      const lifecycle = { npm_lifecycle_event: 'install', npm_package_version: '5.1.7', CWD: directory };
      const own = run('', { ...lifecycle, npm_package_name: 'sqlite3' }, [script]);
      expect([own.stdout, own.status]).toEqual(['', 0]);
      expect(existsSync(join(directory, 'build/Release/node_sqlite3.node'))).toBe(true);
      const other = run('', { ...lifecycle, npm_package_name: 'canvas' }, [script]);
      expect([other.stdout, other.status]).toEqual(['fetches\n', 1]);
    });

    it('an add-on without a stand-in fails, and the run is told', async () => {
      await writeFile(join(root, 'unknown.node'), 'no machine code');
      const { stderr, status } = run("require('./unknown.node')");
      expect(status).toBe(1);
      expect(stderr).toContain('ERR_DLOPEN_FAILED');
      expect(await reports()).toEqual([
        {
          type: 'unsupported',
          reason: 'native-package',
          detail: expect.stringContaining('unknown.node') as string,
        },
      ]);
    });
  },
);
