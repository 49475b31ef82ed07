import type { Binding, RealmContext } from '../context.ts';
import { isDirectory, type Files } from './fs-files.ts';

/** What Node's module loaders ask of the disk. */
export function createModuleLookups(realm: RealmContext, files: Files): Binding {
  const { fs } = realm;
  const kind = (path: string): number => {
    try {
      return isDirectory(fs.stat(files.path(path))) ? 1 : 0;
    } catch {
      return -2;
    }
  };
  return {
    internalModuleStat: kind,
    internalModuleReadJSON(path: string): unknown[] {
      try {
        const text = fs.readText(files.path(path)).replace(/^\ufeff/, '');
        return [text, /"(?:main|exports|imports|name|type)"/.test(text)];
      } catch {
        return [];
      }
    },
    getFormatOfExtensionlessFile(path: string): number {
      try {
        const bytes = fs.readFile(files.path(path));
        return bytes[0] === 0 && bytes[1] === 0x61 && bytes[2] === 0x73 && bytes[3] === 0x6d ? 1 : 0;
      } catch {
        return 0;
      }
    },
    legacyMainResolve(packageUrl: string, main: string | undefined, base: string | undefined): number {
      const { fileURLToPath } = realm.require('internal/url') as { fileURLToPath(url: string): string };
      const { URL } = realm.require('internal/url') as {
        URL: new (url: string, base: string) => { href: string };
      };
      const isFile = (name: string): boolean => kind(fileURLToPath(new URL(name, packageUrl).href)) === 0;
      if (typeof main === 'string') {
        const endings = ['', '.js', '.json', '.node', '/index.js', '/index.json', '/index.node'];
        const found = endings.findIndex((ending) => isFile(`./${main}${ending}`));
        if (found >= 0) return found;
      }
      const found = ['./index.js', './index.json', './index.node'].findIndex(isFile);
      if (found >= 0) return found + 7;
      const { codes } = realm.require('internal/errors') as {
        codes: Record<
          'ERR_MODULE_NOT_FOUND',
          new (path: string, base: string | undefined, kind: string) => Error
        >;
      };
      const baseText = base === undefined ? undefined : base.startsWith('file:') ? fileURLToPath(base) : base;
      throw new codes.ERR_MODULE_NOT_FOUND(fileURLToPath(new URL('.', packageUrl).href), baseText, 'package');
    },
  };
}
