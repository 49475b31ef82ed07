import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { addonFiles, loadAddon } from '../../node/addons/index.ts';
import type { RealmServices } from '../../node/realm-services.ts';
import { addonPlaceholder, addonPlaceholders } from '../../packages/stand-ins.ts';
import { report } from './report.ts';
import { nodeServices } from './services.ts';

/**
 * Loaded into every Node process before its program (`NODE_OPTIONS=--require`): where machine code cannot be loaded, a
 * compiled add-on of the known packages is replaced by the same core as in the embedded engine. The packages' own
 * JavaScript stays.
 */

/** Programs by which the known packages fetch or compile their add-ons when they are installed. */
const builders: ReadonlySet<string> = new Set([
  'prebuild-install',
  'node-gyp-build',
  'node-pre-gyp',
  'node-gyp',
]);

/** Whoever looks for a compiled file must find one. */
function placeFiles(directory: string, name: string, version: string): void {
  for (const file of addonPlaceholders(name, version)) {
    const path = join(directory, file);
    if (existsSync(path)) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, addonPlaceholder);
  }
}

/** True when this process was to build an add-on that has a stand-in: then there is nothing to build. */
function buildsStandIn(): boolean {
  const {
    npm_lifecycle_event: event,
    npm_package_name: name = '',
    npm_package_version: version = '',
  } = process.env;
  const program = basename(process.argv[1] ?? '').replace(/\.[cm]?js$/, '');
  if (event !== 'install' || !Object.hasOwn(addonFiles, name) || !builders.has(program)) return false;
  placeFiles(process.cwd(), name, version);
  return true;
}

/** Packages may have been installed without their scripts. */
function placeMissing(): void {
  for (const name of Object.keys(addonFiles)) {
    const directory = join(process.cwd(), 'node_modules', name);
    const manifest = join(directory, 'package.json');
    if (!existsSync(manifest)) continue;
    const { version }: { version?: unknown } = JSON.parse(readFileSync(manifest, 'utf8'));
    placeFiles(directory, name, String(version));
  }
}

function replaceLoader(): void {
  let services: RealmServices | undefined;
  const original = process.dlopen;
  process.dlopen = (module: { exports: unknown }, filename: string, flags?: number): void => {
    const file = filename.slice(filename.lastIndexOf('/') + 1);
    const exports = existsSync(filename) ? loadAddon(file, (services ??= nodeServices())) : undefined;
    if (exports !== undefined) {
      module.exports = exports;
      return;
    }
    let opened = false;
    try {
      if (flags === undefined) original.call(process, module, filename);
      else original.call(process, module, filename, flags);
      opened = true;
    } finally {
      const detail = `The compiled add-on ${filename} has no stand-in in the browser`;
      if (!opened) report({ type: 'unsupported', reason: 'native-package', detail });
    }
  };
}

replaceLoader();
if (buildsStandIn()) process.exit(0);
try {
  placeMissing();
} catch {
  // A package that is being written at this moment is complete for the next process.
}
