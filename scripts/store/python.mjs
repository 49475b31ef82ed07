/** The Python half of the package store: `pip download` of the hashed wheels, then one pruned wheel per version. */
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { keepWheelFile, sha256, zip } from './archive.mjs';
import { byteCompiler } from './bytecode.mjs';
import { run, runChecked } from './run.mjs';

const OLDEST_PIP = [23, 2];
/** Runs of pip at a time. */
const PARALLEL = 3;
const WASM = ['--platform', 'pyemscripten_2026_0_wasm32', '--platform', 'any', '--abi', 'none'];
const LINUX = ['manylinux2014_x86_64', 'manylinux_2_17_x86_64', 'manylinux_2_28_x86_64'].flatMap((name) => [
  '--platform',
  name,
]);
/** Which wheels pip chooses for each lock file. scripts/store/lock-python.py says the same. */
const TARGETS = {
  'lock.txt': ['--python-version', '3.14', '--abi', 'cp314', ...WASM],
  'lock-linux.txt': ['--python-version', '3.14', '--abi', 'cp314', ...LINUX],
  'lock-linux-312.txt': ['--python-version', '3.12', '--abi', 'cp312', ...LINUX],
};

/** Name as PyPI compares it. @param {string} name */
export const normalize = (name) => name.replace(/[-_.]+/g, '-').toLowerCase();

/**
 * @param {{ source: string, target: string, work: string }} places folders: the lock files, where wheels and
 *   index.json go, a scratch folder
 * @param {(message: string) => void} log
 * @returns {Promise<{ index: string, versions: number, bytes: number }>} `index`: the package index pip is configured with
 */
export async function buildPython({ source, target, work }, log) {
  const pip = await findPip(work, log);
  await mkdir(target, { recursive: true });
  const compiler = await byteCompiler({ source, cache: join(dirname(work), 'bytecode') });
  const packages = {};
  const published = new Map();
  let bytes = 0;
  let versions = 0;
  const queue = await rounds(source);
  const fetchRound = async ({ lock, round, text }) => {
    const linux = lock !== 'lock.txt';
    const wheels = join(work, `${lock}-${round}`);
    const list = join(work, `${lock}-${round}.txt`);
    await writeFile(list, text);
    const { stdout } = await runChecked(
      `Fetching the wheels of ${lock}, round ${round}`,
      pip.command,
      [
        ...[...pip.args, 'download', '-vv', '--disable-pip-version-check', '--no-deps', '--require-hashes'],
        ...['--ignore-requires-python', '--only-binary=:all:', '--implementation', 'cp'],
        ...[...TARGETS[lock], '--dest', wheels, '-r', list],
      ],
      { env: pip.env },
    );
    readLinks(stdout, published);
    for (const file of (await readdir(wheels)).sort()) {
      const packed = await pack(await readFile(join(wheels, file)), linux, compiler);
      const entry = (packages[normalize(packed.name)] ??= { name: packed.name, stored: {} });
      await writeFile(join(target, file), packed.archive);
      entry.stored[packed.version] = {
        file,
        bytes: packed.archive.length,
        sha256: sha256(packed.archive),
        ...packed.about,
      };
      versions += 1;
      bytes += packed.archive.length;
    }
  };
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await fetchRound(next);
  };
  await mkdir(work, { recursive: true });
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  for (const [name, entry] of Object.entries(packages)) {
    entry.versions = [...new Set([...(published.get(name) ?? []), ...Object.keys(entry.stored)])];
  }
  await writeFile(join(target, 'index.json'), JSON.stringify({ format: 1, packages: sorted(packages) }));
  return { index: await indexAddress(pip), versions, bytes };
}

/** Names and versions in one order, whichever round ended first. */
function sorted(packages) {
  const byKey = ([a], [b]) => (a < b ? -1 : 1);
  return Object.fromEntries(
    Object.entries(packages)
      .sort(byKey)
      .map(([key, entry]) => [
        key,
        {
          ...entry,
          stored: Object.fromEntries(Object.entries(entry.stored).sort(byKey)),
          versions: [...entry.versions].sort(),
        },
      ]),
  );
}

/**
 * The lines of the lock files in rounds in which a name occurs once, as pip wants it; within a round versions are as
 * new as can be.
 */
async function rounds(source) {
  const found = [];
  for (const lock of Object.keys(TARGETS)) {
    const lines = new Map();
    for (const line of (await readFile(join(source, lock), 'utf8')).split('\n')) {
      const name = /^([\w.-]+)==/.exec(line)?.[1];
      if (name !== undefined) lines.set(name, [...(lines.get(name) ?? []), line]);
    }
    const most = Math.max(0, ...[...lines.values()].map((versions) => versions.length));
    for (let round = 0; round < most; round += 1) {
      const text = [...lines.values()].flatMap((versions) => versions[round] ?? []).join('\n');
      found.push({ lock, round: round + 1, text });
    }
  }
  return found;
}

/** A pip that can do the download: the Python's own, or a newer one put into the scratch folder. */
async function findPip(work, log) {
  const python = process.env.PYTHON ?? (process.platform === 'win32' ? 'py' : 'python3');
  const own = { command: python, args: ['-m', 'pip'], env: {} };
  const version = await run(python, ['-m', 'pip', '--version']);
  const found = /^pip (\d+)\.(\d+)/.exec(version.stdout);
  if (!found) {
    throw new Error(
      `The build needs Python 3 with pip, and \`${python} -m pip --version\` says: ${(version.stderr || version.stdout).trim()}\n` +
        'Install pip (Debian: apt install python3-pip; others: python3 -m ensurepip), or name another Python in PYTHON.',
    );
  }
  const [major, minor] = [Number(found[1]), Number(found[2])];
  if (major > OLDEST_PIP[0] || (major === OLDEST_PIP[0] && minor >= OLDEST_PIP[1])) return own;
  log(
    `pip ${major}.${minor} is too old to select wheels for another platform; fetching a newer one for this build`,
  );
  const folder = join(work, 'pip');
  await runChecked('Fetching a newer pip', python, [
    ...['-m', 'pip', 'install', '--quiet', '--no-deps', '--target', folder, 'pip>=23.2'],
  ]);
  return { ...own, env: { PYTHONPATH: folder } };
}

/** The address of the index in pip's configuration, or pip's own default. */
async function indexAddress(pip) {
  const configured = await run(pip.command, [...pip.args, 'config', 'get', 'global.index-url'], {
    env: pip.env,
  });
  if (configured.code === 0 && configured.stdout.trim() !== '') return configured.stdout.trim();
  if (process.env.PIP_INDEX_URL) return process.env.PIP_INDEX_URL;
  const builtIn = await run(
    pip.command,
    ['-c', 'from pip._internal.models.index import PyPI; print(PyPI.simple_url)'],
    {
      env: pip.env,
    },
  );
  return builtIn.code === 0 ? builtIn.stdout.trim() : '';
}

/**
 * Every published version, from the file links that pip looked through and printed: with the hash as a fragment where the
 * index is a page, without where it is JSON.
 */
export function readLinks(text, published) {
  for (const match of text.matchAll(/(?:Found link|Skipping link:.*?:) \S*\/([^/\s#]+)(?:#\S*)?\s/g)) {
    const file = decodeURIComponent(match[1] ?? '');
    const wheel = /^([^-]+)-([^-]+)-.*\.whl$/.exec(file);
    const sdist = /^(.+)-([^-]+)\.(?:tar\.gz|zip|tar\.bz2)$/.exec(file);
    const [, name, version] = wheel ?? sdist ?? [];
    if (name === undefined || version === undefined) continue;
    const versions = published.get(normalize(name)) ?? new Set();
    published.set(normalize(name), versions.add(version));
  }
}

/** Prunes a wheel, adds byte code, and reads what the resolver needs from its metadata. */
async function pack(bytes, linux, compiler) {
  const kept = Object.entries(unzipSync(bytes)).filter(([path]) =>
    keepWheelFile(path, { dropCompiled: linux }),
  );
  const files = Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
  const text = (name) => {
    const path = Object.keys(files).find((candidate) => candidate.endsWith(`.dist-info/${name}`));
    return path === undefined ? '' : Buffer.from(files[path]).toString('utf8');
  };
  const headers =
    text('METADATA')
      .split(/\r?\n\r?\n/)[0]
      ?.split(/\r?\n(?=\S)/) ?? [];
  const values = (field) =>
    headers
      .filter((line) => line.toLowerCase().startsWith(`${field}:`))
      .map((line) => line.slice(field.length + 1).trim());
  const some = (list) => (list.length > 0 ? list : undefined);
  const name = values('name')[0] ?? '';
  const version = values('version')[0] ?? '';
  return {
    archive: zip(await compiler.add(normalize(name), version, files)),
    name,
    version,
    about: {
      requires: some(values('requires-dist')),
      extras: some(values('provides-extra')),
      requiresPython: values('requires-python')[0],
      compiled: linux || Object.keys(files).some((path) => path.endsWith('.so')) || undefined,
    },
  };
}
