import { loadAddon } from './addons/index.ts';
import type { Realm } from './realm.ts';

/** `process.dlopen`: the stand-in for a compiled file by its base name, else Node's own error. */
export function openAddon(realm: Realm, module: { exports: unknown }, filename: string): void {
  if (!realm.fs.exists(filename)) {
    throw dlopenError(`${filename}: cannot open shared object file: No such file or directory`);
  }
  const exports = loadAddon(filename.slice(filename.lastIndexOf('/') + 1), realm);
  if (exports === undefined) {
    realm.port.report({
      type: 'unsupported',
      reason: 'native-package',
      detail: `The compiled add-on ${filename} has no stand-in in the browser`,
    });
    throw dlopenError(`${filename}: invalid ELF header`);
  }
  module.exports = exports;
}

function dlopenError(message: string): Error {
  return Object.assign(new Error(message), { code: 'ERR_DLOPEN_FAILED' });
}
