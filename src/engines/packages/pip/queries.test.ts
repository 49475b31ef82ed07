import { expect, it } from 'vitest';
import { layout } from '../../kernel/layout.ts';
import { FixtureStore } from '../testing/fixture-store.ts';
import { TestSandbox } from '../testing/sandbox.ts';
import { pipProgram } from './program.ts';
import { uvProgram } from './uv.ts';

function sandbox(): TestSandbox {
  const box = new TestSandbox({}, new FixtureStore({ pypi: {} }));
  const add = (name: string, version: string, ...more: string[]) => {
    const folder = `${layout.sitePackages}/${name}-${version}.dist-info`;
    box.fs.mkdirp(folder);
    box.fs.writeFile(
      `${folder}/METADATA`,
      ['Metadata-Version: 2.1', `Name: ${name}`, `Version: ${version}`, ...more, '', 'Name: body\n'].join(
        '\n',
      ),
    );
  };
  add('zed', '10.0.0rc1');
  add(
    'Flask_Thing',
    '1.0',
    'Summary: A thing',
    'Requires-Dist: zed>=1',
    "Requires-Dist: other; extra == 'x'",
  );
  return box;
}

async function output(program: typeof pipProgram, ...args: string[]): Promise<string> {
  const box = sandbox();
  await box.run(program, ...args);
  return box.stdout + box.stderr;
}

it('lists what is installed as pip does', async () => {
  expect(await output(pipProgram, 'list')).toBe(
    'Package     Version\n----------- ---------\nFlask_Thing 1.0\npip         24.3.1\nzed         10.0.0rc1\n',
  );
  expect(await output(pipProgram, 'list', '--format=json')).toBe(
    '[{"name": "Flask_Thing", "version": "1.0"}, {"name": "pip", "version": "24.3.1"}, {"name": "zed", "version": "10.0.0rc1"}]\n',
  );
  expect(await output(pipProgram, 'list', '--format', 'freeze')).toBe(
    'Flask_Thing==1.0\npip==24.3.1\nzed==10.0.0rc1\n',
  );
  expect(await output(pipProgram, 'list', '--format', 'xml')).toContain("invalid choice: 'xml'");
  expect(await output(pipProgram, 'freeze')).toBe('Flask_Thing==1.0\nzed==10.0.0rc1\n');
});

it('lists normalized names, and no installer, as uv does', async () => {
  expect(await output(uvProgram, 'pip', 'list')).toBe(
    'Package     Version\n----------- ---------\nflask-thing 1.0\nzed         10.0.0rc1\n',
  );
  expect(await output(uvProgram, 'pip', 'freeze')).toBe('flask-thing==1.0\nzed==10.0.0rc1\n');
});

it('shows what a package says of itself, what it needs and what needs it', async () => {
  const shown = await output(pipProgram, 'show', 'zed', 'flask-thing', 'nothing');
  expect(shown).toContain('Name: Flask_Thing\nVersion: 1.0\nSummary: A thing\n');
  expect(shown).toContain('Requires: zed\nRequired-by: \n');
  expect(shown).toContain('Required-by: Flask_Thing\n---\n');
  expect(shown).toContain('WARNING: Package(s) not found: nothing\n');
});
