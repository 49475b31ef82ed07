import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Test tools of which a package asks for a newer version than there may be. */
const loose = { tape: '^5' };

/**
 * Unpacks a package with its tests and installs what it and they need; done once.
 * @param {import('./suites.mjs').Suite} suite
 * @param {string} cache folder for all packages
 * @returns {string} folder of the package
 * @throws {Error} when npm, apt-get or tar fails; the message holds what they said.
 */
export function fetchSuite({ name, version, debian, with: tool }, cache) {
  const folder = join(cache, `${name.replace('/', '-')}-${version}`);
  const stamp = join(folder, '.ready');
  if (existsSync(stamp)) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const archive =
    debian === undefined
      ? run('npm', ['pack', `${name}@${version}`, '--silent'], folder).trim()
      : debianArchive(debian, folder, cache);
  run('tar', ['-xf', archive, '--strip-components=1'], folder);
  rmSync(join(folder, archive));
  const path = join(folder, 'package.json');
  const { devDependencies = {}, ...manifest } = JSON.parse(readFileSync(path, 'utf8'));
  if (manifest.version !== version)
    throw new Error(`${name} ${version} is wanted, but this is ${manifest.version}`);
  delete manifest.scripts;
  const wanted = namesIn(join(folder, 'test')).add(tool);
  manifest.devDependencies = Object.fromEntries(
    Object.entries(devDependencies)
      .filter(([each]) => wanted.has(each))
      .map(([each, range]) => [each, loose[each] ?? range]),
  );
  writeFileSync(path, JSON.stringify(manifest, null, 2));
  run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], folder);
  writeFileSync(stamp, '');
  return folder;
}

/**
 * The archive of a Debian source package, from where this system's binary packages come.
 * @returns {string} its file name in `folder`
 */
function debianArchive(source, folder, cache) {
  const apt = join(cache, 'apt');
  mkdirSync(join(apt, 'lists/partial'), { recursive: true });
  const sources = readFileSync('/etc/apt/sources.list.d/debian.sources', 'utf8');
  writeFileSync(join(apt, 'src.sources'), sources.replace(/^Types: .*$/gm, 'Types: deb-src'));
  const options = [
    `Dir::Etc::SourceList=${join(apt, 'src.sources')}`,
    'Dir::Etc::SourceParts=/dev/null',
    `Dir::State::Lists=${join(apt, 'lists')}`,
  ].flatMap((option) => ['-o', option]);
  run('apt-get', [...options, 'update'], folder);
  run('apt-get', [...options, 'source', '--download-only', source], folder);
  return readdirSync(folder).find((file) => /\.orig\.tar\.\w+$/.test(file)) ?? '';
}

/** Packages that the files of a folder name, so that linters and compilers are not installed. */
function namesIn(folder) {
  const names = new Set();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.[cm]?js$/.test(entry.name)) continue;
    const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
    for (const [, name] of text.matchAll(
      /(?:from|require\(|import\(|import|resolve\()\s*['"]((?:@[^/'"]+\/)?[^./'"][^/'"]*)/g,
    )) {
      names.add(name);
    }
  }
  return names;
}

function run(command, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status === 0) return stdout;
  throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? stderr}`);
}
