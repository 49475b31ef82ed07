import { existsSync } from 'node:fs';
import { satisfies } from 'semver';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { npmProgram } from './npm/program.ts';
import { pipProgram } from './pip/program.ts';
import { BuiltStore, TestSandbox } from './testing/sandbox.ts';

const built = existsSync(new URL('../../../public/store/stamp.json', import.meta.url));
const ranges = v.optional(v.record(v.string(), v.string()), {});
const lockSchema = v.object({
  packages: v.record(v.string(), v.object({ version: v.optional(v.string()), dependencies: ranges })),
});
type Lock = v.InferOutput<typeof lockSchema>['packages'];

/** What Node's own lookup finds from a place: the nearest node_modules upwards. */
function lookUp(lock: Lock, from: string, name: string): string | undefined {
  for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')))) {
    const found = lock[`${place === '' ? '' : `${place}/`}node_modules/${name}`];
    if (found !== undefined || place === '') return found?.version;
    if (!place.includes('/node_modules/')) place = `/${place}`;
  }
}

const manifests = {
  express: {
    express: '^4.18.2',
    cors: '*',
    jsonwebtoken: '>=9',
    bcryptjs: '^2.4.3',
    sqlite3: '^5.1.6',
    sequelize: '^6.35.0',
  },
  fastify: {
    fastify: '^5.0.0',
    '@fastify/jwt': '>=8',
    '@fastify/cors': 'latest',
    'better-sqlite3': '^11.0.0',
    'pino-pretty': '*',
  },
};

describe.skipIf(!built)('the built store', () => {
  it.each(Object.entries(manifests))(
    'installs what %s projects ask for, every dependency met',
    async (_name, dependencies) => {
      const box = new TestSandbox({ 'package.json': { name: 'app', dependencies } }, new BuiltStore());
      expect(await box.run(npmProgram, 'install'), box.stderr).toBe(0);
      const lock = v.parse(lockSchema, JSON.parse(box.fs.readText('/app/package-lock.json'))).packages;
      for (const [place, entry] of Object.entries(lock)) {
        if (place !== '') expect(box.fs.exists(`/app/${place}/package.json`)).toBe(true);
        for (const [name, range] of Object.entries(entry.dependencies)) {
          const found = lookUp(lock, place, name);
          expect(found, `${place} needs ${name}`).toBeDefined();
          if (range !== 'latest')
            expect(satisfies(found ?? '', range), `${place} needs ${name}@${range}, has ${found}`).toBe(true);
        }
      }
    },
    120_000,
  );

  it('installs what Flask and FastAPI projects ask for', async () => {
    const requirements =
      'Flask>=3.0\nFlask-SQLAlchemy\nPyJWT>=2.8\nfastapi>=0.110\nuvicorn[standard]\npydantic[email]==2.5.0\npyyaml\n';
    const box = new TestSandbox({ 'requirements.txt': requirements }, new BuiltStore());
    expect(await box.run(pipProgram, 'install', '-r', 'requirements.txt'), box.stderr).toBe(0);
    expect(box.fs.exists('/usr/local/bin/flask') && box.fs.exists('/usr/local/bin/uvicorn')).toBe(true);
    expect(
      box.substitutions.filter(({ kind }) => kind === 'version').map(({ package: name }) => name),
    ).toEqual(['pydantic']);
  }, 120_000);
});
