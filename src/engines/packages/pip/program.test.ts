import { describe, expect, it } from 'vitest';
import { layout } from '../../kernel/layout.ts';
import { installedDistributions } from '../installed.ts';
import { FixtureStore, type Fixture } from '../testing/fixture-store.ts';
import { TestSandbox } from '../testing/sandbox.ts';
import { pipProgram } from './program.ts';
import { uvProgram } from './uv.ts';

const store: Fixture = {
  pypi: {
    'Web==2.0.0': { requires: ['Tool>=1', "old-only; python_version < '3.10'", 'Speed; extra == "fast"'] },
    'Web==3.0.0': { requires: ['Tool>=2', 'Speed; extra == "fast"'] },
    'Web==4.0.0': { requiresPython: '>=3.13' },
    'Web==4.0.0rc1': {},
    'Tool==1.5': {
      files: {
        'tool/__init__.py': '',
        'Tool-1.5.dist-info/entry_points.txt':
          '[console_scripts]\ntool = tool.cli:main\n../evil = tool:main\n',
      },
    },
    'Tool==2.5': {
      files: { 'tool/__init__.py': 'two', 'Tool-2.5.data/scripts/helper': '#!python\nprint()\n' },
    },
    'Speed==1.0': {},
    'Pydantic==2.10.0': { requires: ['Core==27'] },
    'Api==1.0': { requires: ['pydantic>=2,<3'] },
    'Core==27': { compiled: true },
    'bcrypt==4.1.3': { compiled: true },
    'bcrypt==5.0.0': { compiled: true },
    'Orm==2.0.0': { requires: ["uvloop; platform_machine == 'x86_64'"] },
  },
  pypiPublished: {
    web: ['1.0.0', '2.1.0'],
    pydantic: ['2.5.0', '1.10.0'],
    core: ['20', '26'],
    tool: ['2.5.9', '2.6'],
    bcrypt: ['3.2.2', '4.1.0', '4.1.9'],
  },
};

async function install(requirements: string, fixture: Fixture = store, ...more: string[]) {
  const box = new TestSandbox({ 'requirements.txt': requirements }, new FixtureStore(fixture));
  const code = await box.run(pipProgram, 'install', '-r', 'requirements.txt', ...more);
  return { box, code };
}

const versions = (box: TestSandbox) =>
  Object.fromEntries(installedDistributions(box.fs).map(({ name, version }) => [name, version]));

describe('pip install', () => {
  it('chooses the newest versions that run on Python 3.12 and are final', async () => {
    const { box, code } = await install('web\n');
    expect(code).toBe(0);
    expect(versions(box)).toEqual({ Web: '3.0.0', Tool: '2.5' });
    expect(box.stdout).toContain('Collecting web (from -r requirements.txt (line 1))\n');
    expect(box.stdout).toMatch(/Successfully installed Tool-2\.5 Web-3\.0\.0\n$/);
  });

  it('evaluates markers and extras', async () => {
    const { box } = await install("web[fast]==2.0.0\nabsent; sys_platform == 'win32'\n");
    expect(versions(box)).toEqual({ Web: '2.0.0', Tool: '2.5', Speed: '1.0' });
  });

  it('goes back to an older version where the newest contradicts', async () => {
    const { box, code } = await install('web\ntool<2\n');
    expect(code).toBe(0);
    expect(versions(box)).toEqual({ Web: '2.0.0', Tool: '1.5' });
  });

  it('honours constraints, nested files, continued lines and comments', async () => {
    const box = new TestSandbox(
      {
        'requirements.txt': '# all\n-r base.txt\n',
        'base.txt': 'web \\\n  >=2 # any\n',
        'limits.txt': 'web<3',
      },
      new FixtureStore(store),
    );
    expect(
      await box.run(pipProgram, 'install', '--no-cache-dir', '-r', 'requirements.txt', '-c', 'limits.txt'),
    ).toBe(0);
    expect(versions(box)['Web']).toBe('2.0.0');
  });

  it('is content with what is there already', async () => {
    const { box } = await install('tool<2');
    box.stdout = '';
    expect(await box.run(pipProgram, 'install', 'Tool', 'pip')).toBe(0);
    expect(box.stdout).toContain('Requirement already satisfied: Tool in ');
    expect(await box.run(pipProgram, 'install', '--upgrade', 'tool')).toBe(0);
    expect(versions(box)).toEqual({ Tool: '2.5' });
    expect(box.fs.exists(`${layout.bin}/tool`)).toBe(false);
  });

  it('writes commands, scripts and the record of a wheel', async () => {
    const { box } = await install('tool==1.5');
    expect(box.fs.readText(`${layout.bin}/tool`)).toMatch(
      /^#!\/usr\/local\/bin\/python3\n.*from tool.cli import main/s,
    );
    expect(box.fs.stat(`${layout.bin}/tool`).mode & 0o111).toBe(0o111);
    expect(box.fs.readText(`${layout.sitePackages}/Tool-1.5.dist-info/RECORD`)).toContain(
      'tool/__init__.py,,',
    );
    expect(box.fs.exists('/usr/local/evil')).toBe(false);
    await box.run(pipProgram, 'install', '-U', 'tool');
    expect(box.fs.readText(`${layout.bin}/helper`)).toBe('#!/usr/local/bin/python3\nprint()\n');
  });

  it('uninstalls what it installed', async () => {
    const { box } = await install('tool==1.5');
    expect(await box.run(pipProgram, 'uninstall', '-y', 'tool')).toBe(0);
    expect(versions(box)).toEqual({});
    expect(box.fs.exists(`${layout.bin}/tool`)).toBe(false);
    expect(box.fs.exists(`${layout.sitePackages}/tool/__init__.py`)).toBe(false);
  });
});

describe('pip and what is not there', () => {
  it('fails as pip does for a version that was never published', async () => {
    const { box, code } = await install('web==99.0\n');
    expect(code).toBe(1);
    expect(box.stderr).toBe(
      'ERROR: Could not find a version that satisfies the requirement web==99.0 (from -r requirements.txt (line 1)) ' +
        '(from versions: 1.0.0, 2.0.0, 2.1.0, 3.0.0, 4.0.0rc1, 4.0.0)\nERROR: No matching distribution found for web==99.0\n',
    );
    expect(box.unsupported).toEqual([]);
  });

  it.each(['web==2.1.0', 'nobody-knows'])('needs the registry for %s', async (line) => {
    const { box, code } = await install(line);
    expect(code).toBe(1);
    expect(box.unsupported).toMatchObject([{ reason: 'needs-registry' }]);
  });

  it('fails when the registry says that there is no such package', async () => {
    const { box, code } = await install('nobody-knows', { ...store, registry: {} });
    expect(code).toBe(1);
    expect(box.stderr).toContain('ERROR: No matching distribution found for nobody-knows');
    expect(box.unsupported).toEqual([]);
  });

  it('installs from the registry what the store lacks', async () => {
    const file = {
      filename: 'remote-1.0-py3-none-any.whl',
      url: 'https://x.example/r.whl',
      hashes: { sha256: 'a' },
    };
    const { box, code } = await install('remote>=1', { ...store, registry: { remote: { files: [file] } } });
    expect(code).toBe(0);
    expect(versions(box)).toEqual({ remote: '1.0' });
  });

  it('says of compiled packages that they are compiled', async () => {
    const { box } = await install('psycopg2-binary>=2.9');
    expect(box.unsupported).toMatchObject([{ reason: 'native-package' }]);
  });

  it('relaxes an exact pin of compiled code within its major version, and nothing else', async () => {
    const { box, code } = await install('pydantic==2.5.0');
    expect(code).toBe(0);
    expect(versions(box)).toEqual({ Pydantic: '2.10.0', Core: '27' });
    expect(box.substitutions).toMatchObject([{ package: 'Pydantic', kind: 'version' }]);
    const together = await install('api\npydantic==2.5.0\n');
    expect(versions(together.box)).toMatchObject({ Api: '1.0', Pydantic: '2.10.0' });
    for (const line of ['pydantic==1.10.0', 'pydantic<2.6', 'web==1.0.0']) {
      const other = await install(line);
      expect(other.code).toBe(1);
      expect(other.box.unsupported).toHaveLength(1);
    }
  });

  it.each([
    ['bcrypt==4.1.0', '4.1.3'],
    ['bcrypt==4.1.9', '4.1.3'],
    ['bcrypt==3.2.2', '4.1.3'],
  ])('takes the nearest build for %s: %s', async (line, version) => {
    const { box, code } = await install(line);
    expect(code).toBe(0);
    expect(versions(box)).toEqual({ bcrypt: version });
    expect(box.substitutions).toMatchObject([{ package: 'bcrypt', kind: 'version' }]);
  });

  it('takes the same minor line for a pin that is not stored when the registry cannot be asked', async () => {
    const { box, code } = await install('tool==2.5.9');
    expect(code).toBe(0);
    expect(versions(box)).toEqual({ Tool: '2.5' });
    expect(box.substitutions).toMatchObject([
      { detail: expect.stringContaining('the pinned 2.5.9, which is not in the package store') as string },
    ]);
    expect((await install('tool==2.6')).box.unsupported).toMatchObject([{ reason: 'needs-registry' }]);
    const online = await install('tool==2.5.9', { ...store, registry: {} });
    expect(online.code).toBe(1);
  });

  it('leaves out what its user works without, and says so', async () => {
    const { box, code } = await install('orm');
    expect(code).toBe(0);
    expect(box.substitutions).toMatchObject([{ package: 'uvloop', kind: 'omitted' }]);
  });

  it('leaves out tools that only check source text', async () => {
    const { box, code } = await install('ruff==0.8.0\nmypy\n');
    expect(code).toBe(0);
    expect(box.substitutions).toMatchObject([
      { package: 'ruff', kind: 'omitted' },
      { package: 'mypy', kind: 'omitted' },
    ]);
  });

  it.each(['gevent', 'eventlet', 'dependency-injector'])(
    'has no %s, and does not blame for it',
    async (name) => {
      const { box, code } = await install(name, { ...store, registry: {} });
      expect(code).toBe(1);
      expect(box.unsupported).toHaveLength(1);
    },
  );

  it('says that hashes are not compared', async () => {
    const { box, code } = await install(`tool==2.5 --hash=sha256:${'0'.repeat(64)}`);
    expect(code).toBe(0);
    expect(box.substitutions).toMatchObject([
      { package: 'pip', detail: expect.stringContaining('Hashes') as string },
    ]);
  });

  it('explains a contradiction of the submission, and does not blame it for what is not stored', async () => {
    const own = await install('web==3.0.0\ntool==1.5\n');
    expect(own.code).toBe(1);
    expect(own.box.stderr).toContain(
      'The conflict is caused by:\n    The user requested tool==1.5\n    web 3.0.0 depends on Tool>=2\n',
    );
    expect(own.box.unsupported).toEqual([]);
    const other = await install('web>=2.1\ntool==1.5\n');
    expect(other.code).toBe(1);
    expect(other.box.unsupported).toMatchObject([{ reason: 'needs-registry' }]);
  });

  it.each([
    ['web=3', "Invalid requirement: 'web=3'"],
    ['web==', "Invalid requirement: 'web=='"],
    ['===', "Invalid requirement: '==='"],
    ["web; nonsense > '3'", 'there is no variable nonsense'],
    [`web; ${'('.repeat(5_000)}`, 'nested too deeply'],
    [
      '-r missing.txt',
      "Could not open requirements file: [Errno 2] No such file or directory: 'missing.txt'",
    ],
  ])('refuses a line: %#', async (line, message) => {
    const { box, code } = await install(line);
    expect(code).toBe(1);
    expect(box.stderr).toContain(message);
    expect(box.unsupported).toEqual([]);
  });

  it('ends with files that include each other', async () => {
    const { code } = await install('-r requirements.txt\nspeed\n');
    expect(code).toBe(0);
  });

  it('refuses a wheel whose files leave it', async () => {
    const evil = { 'Evil==1.0': { files: { '../../etc/passwd': 'x' } } };
    const { box, code } = await install('evil', { pypi: evil });
    expect(code).toBe(1);
    expect(box.fs.exists('/usr/local/lib/etc/passwd')).toBe(false);
    expect(box.unsupported).toHaveLength(1);
  });
});

describe('uv', () => {
  it('installs and reports as uv does', async () => {
    const box = new TestSandbox({ 'requirements.txt': 'web\n' }, new FixtureStore(store));
    expect(await box.run(uvProgram, 'pip', 'install', '--system', '-r', 'requirements.txt')).toBe(0);
    expect(box.stderr).toMatch(
      /^Resolved 2 packages in .*\nInstalled 2 packages in .*\n \+ tool==2\.5\n \+ web==3\.0\.0\n$/,
    );
    box.stdout = '';
    await box.run(uvProgram, 'pip', 'freeze');
    expect(box.stdout).toBe('tool==2.5\nweb==3.0.0\n');
  });

  it('fails in its own words', async () => {
    const box = new TestSandbox({}, new FixtureStore(store));
    expect(await box.run(uvProgram, 'pip', 'install', 'web==99')).toBe(1);
    expect(box.stderr).toContain('No solution found when resolving dependencies');
    expect(await box.run(uvProgram, 'pip', 'install', '-r', 'none.txt')).toBe(2);
    expect(box.stderr).toContain('error: File not found: `none.txt`');
  });

  it('makes an environment whose commands lead to the only one', async () => {
    const box = new TestSandbox({}, new FixtureStore(store));
    expect(await box.run(uvProgram, 'venv')).toBe(0);
    expect(box.fs.readlink('/app/.venv/bin/python')).toBe(layout.pythonPath);
  });
});
