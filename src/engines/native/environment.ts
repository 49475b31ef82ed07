import { execFile } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { env } from 'node:process';
import { promisify } from 'node:util';
import { EngineError } from '../engine.ts';
import type { Toolchain } from './toolchain.ts';

const run = promisify(execFile);

/** Settings of the machine that package managers need to reach their registries; nothing else is passed on. */
const passedOn =
  /^(npm_config_|pip_|uv_|(https?|no|all)_proxy$|ssl_cert_|curl_ca_bundle$|requests_ca_bundle$|node_extra_ca_certs$)/i;

/** Directories of one native sandbox. */
export interface Places {
  root: string;
  workdir: string;
  home: string;
  tmp: string;
  /** Stand-ins for programs that the machine lacks. */
  shims: string;
  venv: string;
}

export function placesIn(root: string): Places {
  return {
    root,
    workdir: join(root, 'app'),
    home: join(root, 'home'),
    tmp: join(root, 'tmp'),
    shims: join(root, 'bin'),
    venv: join(root, 'venv'),
  };
}

/**
 * uv's commands that installs use, over the venv's pip. Differences between the resolvers remain; they matter only
 * where a dependency file has no single answer.
 */
const uvShim = `#!/bin/sh
if [ "$1" = pip ]; then
  shift
  for argument do
    shift
    case "$argument" in
      --system|--no-progress|--native-tls|--no-config) ;;
      *) set -- "$@" "$argument" ;;
    esac
  done
  exec python -m pip "$@"
fi
case "$1" in
  run) shift; exec "$@" ;;
  venv) exit 0 ;;
  --version|-V) echo "uv (stand-in over pip)"; exit 0 ;;
  *) echo "uv: '$1' is not available here; only 'uv pip', 'uv run' and 'uv venv' are" >&2; exit 2 ;;
esac
`;

/** Makes the directories of a sandbox and what its PATH starts with. */
export async function prepare(places: Places, tools: Toolchain): Promise<void> {
  for (const dir of [places.workdir, places.home, places.tmp, places.shims])
    await mkdir(dir, { recursive: true });
  if (tools.uvDir === undefined) {
    await writeFile(join(places.shims, 'uv'), uvShim);
    await chmod(join(places.shims, 'uv'), 0o755);
  }
}

/** Environment of a sandbox's processes: what a container would give, and the way to the package caches. */
export function environmentOf(places: Places, tools: Toolchain, marker: string): Record<string, string> {
  const [name = '', value = ''] = marker.split('=');
  const system = ['/usr/local/bin', '/usr/bin', '/bin'];
  const dirs = [
    places.shims,
    join(places.venv, 'bin'),
    dirname(tools.node.path),
    tools.npmDir,
    tools.uvDir,
    ...system,
  ];
  const home = homedir();
  const inherited = Object.entries(env).flatMap(([key, setting]): [string, string][] =>
    setting !== undefined && passedOn.test(key) ? [[key, setting]] : [],
  );
  return {
    npm_config_cache: join(home, '.npm'),
    npm_config_userconfig: join(home, '.npmrc'),
    npm_config_update_notifier: 'false',
    PIP_CACHE_DIR: join(env.XDG_CACHE_HOME ?? join(home, '.cache'), 'pip'),
    ...Object.fromEntries(inherited),
    HOME: places.home,
    LANG: 'C.UTF-8',
    PATH: [...new Set(dirs.filter((dir) => dir !== undefined))].join(delimiter),
    TMPDIR: places.tmp,
    VIRTUAL_ENV: places.venv,
    [name]: value,
  };
}

const makeVenv = `
import os, sys, venv, ensurepip, zipfile, glob
target = sys.argv[1]
venv.EnvBuilder(with_pip=False, symlinks=True).create(target)
wheels = glob.glob(os.path.join(os.path.dirname(ensurepip.__file__), '_bundled', 'pip-*.whl'))
if not wheels:
    sys.exit(3)
site = os.path.join(target, 'lib', 'python%d.%d' % sys.version_info[:2], 'site-packages')
zipfile.ZipFile(wheels[0]).extractall(site)
for name in ('pip', 'pip3'):
    path = os.path.join(target, 'bin', name)
    with open(path, 'w') as script:
        script.write('#!/bin/sh\\nexec "%s" -m pip "$@"\\n' % os.path.join(target, 'bin', 'python'))
    os.chmod(path, 0o755)
`;

/**
 * Makes a venv with pip. pip is unpacked from the wheel that comes with CPython, which takes a fraction of the time
 * of installing it with itself.
 * @throws EngineError EBOOT when the machine has no CPython or it cannot make a venv.
 */
export async function createVenv(places: Places, tools: Toolchain): Promise<void> {
  const python = tools.python;
  if (python === undefined) {
    throw new EngineError(
      'EBOOT',
      'No CPython with venv and pip was found. Install CPython 3.12, or set DECAY_PYTHON to it.',
    );
  }
  try {
    await run(python.path, ['-I', '-c', makeVenv, places.venv], { timeout: 120_000 });
  } catch {
    // Systems that ship CPython without the wheel have pip elsewhere; the slow way knows where.
    await run(python.path, ['-I', '-m', 'venv', places.venv], { timeout: 300_000 }).catch(
      (cause: unknown) => {
        throw new EngineError(
          'EBOOT',
          `${python.path} (${python.version}) cannot make a venv: ${String(cause)}`,
          { cause },
        );
      },
    );
  }
}
