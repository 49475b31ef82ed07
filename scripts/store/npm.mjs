/** The npm half of the package store: `npm ci` on the committed lock file, then one pruned .tgz per version. */
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { keepNpmFile, sha256, tgz } from './archive.mjs';
import { runChecked } from './run.mjs';

const ENTRY_FIELDS = ['main', 'module', 'exports', 'imports', 'bin', 'browser', 'types', 'typings'];

/**
 * @param {{ source: string, target: string, work: string, cache: string }} places folders: the lock files, where
 *   archives and index.json go, a scratch folder, npm's cache
 * @returns {Promise<{ registry: string, versions: number, bytes: number }>}
 */
export async function buildNpm({ source, target, work, cache }) {
  const project = join(work, 'npm');
  await mkdir(project, { recursive: true });
  for (const name of ['package.json', 'package-lock.json', '.npmrc'])
    await cp(join(source, name), join(project, name));
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  await runChecked(
    'Fetching the npm packages of the store',
    npm,
    [
      ...[
        'ci',
        '--ignore-scripts',
        '--no-bin-links',
        '--no-audit',
        '--no-fund',
        '--prefer-offline',
        '--loglevel=error',
      ],
      ...['--maxsockets=12', `--cache=${cache}`],
    ],
    { cwd: project },
  );
  const config = await runChecked('Asking npm for its registry', npm, ['config', 'get', 'registry'], {
    cwd: project,
  });
  const registry = config.stdout.trim();

  await mkdir(target, { recursive: true });
  const lock = JSON.parse(await readFile(join(source, 'package-lock.json'), 'utf8'));
  const published = await readPackuments(join(cache, '_cacache'), registry);
  const packages = {};
  let bytes = 0;
  let versions = 0;
  const store = async (manifest, entry, files) => {
    const known = (packages[manifest.name] ??= { stored: {} });
    if (known.stored[manifest.version]) return;
    const archive = tgz(files);
    const file = `${manifest.name.replace('/', '+')}-${manifest.version}.tgz`;
    await writeFile(join(target, file), archive);
    known.stored[manifest.version] = describe(manifest, entry, published.get(manifest.name), {
      file,
      archive,
    });
    versions += 1;
    bytes += archive.length;
  };
  for (const [path, entry] of Object.entries(lock.packages)) {
    const folder = join(project, path);
    if (path === '' || entry.os || entry.cpu || !existsSync(join(folder, 'package.json'))) continue;
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const files = await collect(folder, manifest);
    if (manifest.name === 'esbuild-wasm') {
      const core = esbuildCore(manifest.version, files);
      await store(core.manifest, lockedAt(lock, core.manifest) ?? {}, core.files);
    } else {
      await store(manifest, entry, files);
    }
  }
  for (const [name, entry] of Object.entries(packages))
    Object.assign(entry, releases(published.get(name), entry.stored));
  const known = JSON.parse(await readFile(join(source, 'known.json'), 'utf8'));
  await writeFile(
    join(target, 'index.json'),
    JSON.stringify({ format: 1, packages, known, otherPlatforms: otherPlatforms(lock) }),
  );
  return { registry, versions, bytes };
}

/**
 * esbuild's compiled part is a package per platform. The one for Linux on x64 is made of esbuild-wasm's own command,
 * the same program compiled to WebAssembly, under the name where esbuild looks for it.
 */
function esbuildCore(version, files) {
  const manifest = {
    name: '@esbuild/linux-x64',
    version,
    description: 'esbuild for Linux on x64, compiled to WebAssembly',
    license: 'MIT',
    os: ['linux'],
    cpu: ['x64'],
  };
  const kept = files.filter(({ path }) =>
    /^(bin\/esbuild|esbuild\.wasm|wasm_exec\w*\.js|LICENSE.*)$/.test(path),
  );
  const data = Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`);
  return {
    manifest,
    files: [
      ...kept.map((file) => ({ ...file, executable: file.path === 'bin/esbuild' })),
      { path: 'package.json', data, executable: false },
    ],
  };
}

/** The lock's entry of one version, wherever it lies. */
function lockedAt(lock, { name, version }) {
  return Object.entries(lock.packages).find(
    ([path, entry]) => path.endsWith(`node_modules/${name}`) && entry.version === version,
  )?.[1];
}

/** Names of packages that npm leaves out on Linux on x64. */
function otherPlatforms(lock) {
  const isOther = ({ os, cpu }) => (os && !os.includes('linux')) || (cpu && !cpu.includes('x64'));
  const names = Object.entries(lock.packages)
    .filter(([, entry]) => isOther(entry))
    .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
  return [...new Set(names)].sort();
}

/** The files of one installed package that the store keeps, sorted by path. */
async function collect(folder, manifest) {
  const about = {
    name: manifest.name,
    entries: JSON.stringify(ENTRY_FIELDS.map((field) => manifest[field])),
  };
  const scripts = new Set(
    Object.values(typeof manifest.bin === 'string' ? { bin: manifest.bin } : (manifest.bin ?? {})),
  );
  const executables = new Set([...scripts].map((path) => String(path).replace(/^\.\//, '')));
  const files = [];
  const visit = async (relative) => {
    for (const entry of await readdir(join(folder, relative), { withFileTypes: true })) {
      const path = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (entry.isDirectory()) {
        if (path !== 'node_modules') await visit(path);
      } else if (entry.isFile() && keepNpmFile(path, about)) {
        const { mode } = await stat(join(folder, path));
        const executable = executables.has(path) || (mode & 0o111) !== 0;
        files.push({ path, data: await readFile(join(folder, path)), executable });
      }
    }
  };
  await visit('');
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** What the resolver needs to know of one version; absent fields are empty. */
function describe(manifest, entry, packument, { file, archive }) {
  const optional = manifest.optionalDependencies ?? {};
  const dependencies = Object.fromEntries(
    Object.entries(manifest.dependencies ?? {}).filter(([name]) => !(name in optional)),
  );
  const peersOptional = Object.entries(manifest.peerDependenciesMeta ?? {})
    .filter(([, meta]) => meta.optional === true)
    .map(([name]) => name);
  const bin =
    typeof manifest.bin === 'string' ? { [manifest.name.split('/').pop()]: manifest.bin } : manifest.bin;
  const some = (value) => (value && Object.keys(value).length > 0 ? value : undefined);
  return {
    file,
    bytes: archive.length,
    sha256: sha256(archive),
    integrity: entry.integrity,
    dependencies: some(dependencies),
    optionalDependencies: some(optional),
    peerDependencies: some(manifest.peerDependencies),
    optionalPeers: some(peersOptional),
    bin: some(bin),
    node: typeof manifest.engines?.node === 'string' ? manifest.engines.node : undefined,
    deprecated: packument?.versions?.[manifest.version]?.deprecated || undefined,
    scripts: entry.hasInstallScript,
    funding: manifest.funding === undefined ? undefined : true,
  };
}

/** Published releases (pre-releases only where stored), and the tags that point at stored versions. */
function releases(packument, stored) {
  const versions = new Set(Object.keys(stored));
  for (const version of Object.keys(packument?.versions ?? {}))
    if (!version.includes('-')) versions.add(version);
  const tags = Object.entries(packument?.['dist-tags'] ?? {}).filter(([, version]) => version in stored);
  return { versions: [...versions], tags: Object.fromEntries(tags) };
}

/**
 * The registry's documents that `npm ci` read on its way, from its cache: they list every published version.
 * A package whose document is not there is described by its stored versions alone.
 * @param {string} cache the `_cacache` folder @param {string} registry
 * @returns {Promise<Map<string, { versions: Record<string, { deprecated?: string }>, 'dist-tags': Record<string, string> }>>}
 */
async function readPackuments(cache, registry) {
  const newest = new Map();
  const base = `make-fetch-happen:request-cache:${registry.replace(/\/?$/, '/')}`;
  for (const name of await readdir(join(cache, 'index-v5'), { recursive: true })) {
    if (!/[0-9a-f]{36}$/.test(name)) continue;
    for (const line of (await readFile(join(cache, 'index-v5', name), 'utf8')).split('\n')) {
      const entry = line === '' ? {} : JSON.parse(line.slice(line.indexOf('\t') + 1));
      if (!entry.integrity || !entry.key?.startsWith(base) || entry.key.endsWith('.tgz')) continue;
      const packageName = decodeURIComponent(entry.key.slice(base.length));
      if ((newest.get(packageName)?.time ?? 0) <= entry.time) newest.set(packageName, entry);
    }
  }
  const packuments = new Map();
  for (const [name, { integrity }] of newest) {
    const [algorithm, base64] = integrity.split(' ')[0].split('-');
    const hex = Buffer.from(base64, 'base64').toString('hex');
    const path = join(cache, 'content-v2', algorithm, hex.slice(0, 2), hex.slice(2, 4), hex.slice(4));
    if (existsSync(path)) packuments.set(name, JSON.parse(await readFile(path, 'utf8')));
  }
  return packuments;
}
