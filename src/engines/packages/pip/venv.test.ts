import { expect, it } from 'vitest';
import { layout } from '../../kernel/layout.ts';
import type { Program } from '../../shell/program.ts';
import { FixtureStore } from '../testing/fixture-store.ts';
import { TestSandbox } from '../testing/sandbox.ts';
import { pipProgram } from './program.ts';
import { uvProgram } from './uv.ts';
import { venvProgram } from './venv.ts';

const command = (name: string) => ({
  files: {
    [`${name}/__init__.py`]: '',
    [`${name}-1.0.dist-info/entry_points.txt`]: `[console_scripts]\n${name} = ${name}:main\n`,
  },
});
const sandbox = () =>
  new TestSandbox(
    { occupied: 'a file' },
    new FixtureStore({ pypi: { 'before==1.0': command('before'), 'after==1.0': command('after') } }),
  );

/** A program as it runs after `source DIR/bin/activate`. */
const within =
  (folder: string, program: Program): Program =>
  (context) =>
    program({ ...context, env: { ...context.env, VIRTUAL_ENV: folder } });

it.each([
  ['python -m venv', venvProgram, ['--prompt', 'mine', 'env/']],
  ['uv venv', uvProgram, ['venv', 'env']],
] as const)('%s makes an environment whose commands lead to the sandbox', async (_name, program, args) => {
  const box = sandbox();
  await box.run(pipProgram, 'install', 'before');
  expect(await box.run(program, ...args)).toBe(0);
  const bin = `${layout.workdir}/env/bin`;
  expect(box.fs.readlink(`${bin}/python`)).toBe(layout.pythonPath);
  expect(box.fs.readlink(`${bin}/pip`)).toBe(`${layout.bin}/pip`);
  expect(box.fs.readText(`${bin}/activate`)).toContain(`export VIRTUAL_ENV='${layout.workdir}/env'\n`);
  expect(box.fs.readlink(`${bin}/before`)).toBe(`${layout.bin}/before`);
  expect(box.fs.exists(`${layout.workdir}/mine`)).toBe(false);
  expect(box.substitutions).toMatchObject([{ package: 'venv', kind: 'runtime' }]);

  await box.run(within(`${layout.workdir}/env`, pipProgram), 'install', 'after');
  expect(box.fs.readlink(`${bin}/after`)).toBe(`${layout.bin}/after`);
});

it('python -m venv fails without a folder, and where a file is in the way', async () => {
  const box = sandbox();
  expect(await box.run(venvProgram, '--clear')).toBe(2);
  expect(box.stderr).toContain('ENV_DIR');
  expect(await box.run(venvProgram, 'occupied')).toBe(1);
  expect(box.stderr).toContain('unable to create the environment');
});
