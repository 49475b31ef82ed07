import { describe, expect, it } from 'vitest';
import type { SandboxFs } from '../engines/engine.ts';
import { installedPackages } from './packages.ts';

/** A disk of these files and directories; whatever else is asked for is missing. */
function disk(files: Record<string, string>, directories: Record<string, string[]>): SandboxFs {
  const missing = () => Promise.reject(new Error('ENOENT'));
  return {
    readFile: async (path) => new TextEncoder().encode(files[path] ?? (await missing())),
    readdir: async (path) =>
      (directories[path] ?? (await missing())).map((name) => ({ name, type: 'directory' as const })),
    writeFile: missing,
    mkdir: missing,
    rm: missing,
    rename: missing,
    stat: missing,
    chmod: missing,
  };
}

describe('installedPackages', () => {
  it('reads what npm wrote beside the packages', async () => {
    const lock = {
      packages: {
        'node_modules/express': { version: '5.1.0' },
        'node_modules/@types/node': { version: '20.1.0' },
        'node_modules/ms': { version: '2.1.3' },
        'node_modules/send/node_modules/ms': { version: '2.0.0' },
        'node_modules/linked': { link: true },
      },
    };
    const fs = disk({ 'node_modules/.package-lock.json': JSON.stringify(lock) }, {});
    expect(await installedPackages(fs, 'node')).toEqual({
      express: '5.1.0',
      '@types/node': '20.1.0',
      ms: '2.0.0, 2.1.3',
    });
  });

  it('reads the distributions of an interpreter', async () => {
    const fs = disk(
      {},
      {
        '/usr/local/lib': ['os-release', 'python3.14'],
        '/usr/local/lib/python3.14/site-packages': [
          'flask',
          'flask-3.1.0.dist-info',
          'PyJWT-2.10.1.dist-info',
        ],
      },
    );
    expect(await installedPackages(fs, 'python')).toEqual({ flask: '3.1.0', pyjwt: '2.10.1' });
  });

  it('reads those of an environment beside the submission', async () => {
    const fs = disk(
      {},
      {
        '../venv/lib': ['python3.12'],
        '../venv/lib/python3.12/site-packages': ['typing_extensions-4.12.2.dist-info'],
      },
    );
    expect(await installedPackages(fs, 'python')).toEqual({ 'typing-extensions': '4.12.2' });
  });

  it('finds nothing where nothing is installed', async () => {
    expect(await installedPackages(disk({}, {}), 'node')).toEqual({});
    expect(await installedPackages(disk({}, {}), 'python')).toEqual({});
  });

  it('says so when the list is no list', async () => {
    const fs = disk({ 'node_modules/.package-lock.json': '{"packages":[1]}' }, {});
    await expect(installedPackages(fs, 'node')).rejects.toThrow();
  });
});
