/** Packing: what a server never reads is left out, the rest goes into a .tgz (npm) or .whl (Python). */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';

const LICENCE = /^(licen[sc]e|copying|notice|unlicense|copyright)/i;
const NPM_DROPPED_DIRECTORY =
  /^(tests?|__tests__|specs?|docs?|examples?|benchmarks?|bench|coverage|\.github|\.vscode|\.nyc_output|prebuilds|website)$/i;
const NPM_DROPPED_FILE =
  /(\.map|\.flow|\.tsbuildinfo|\.md|\.markdown|\.c|\.cc|\.cpp|\.h|\.hpp|\.gypi?|\.node|\.mk|\.a|\.o|\.wasm\.gz|\.png|\.jpe?g|\.gif)$/i;
const TYPESCRIPT_SOURCE = /\.[cm]?tsx?$/;
const TYPES = /\.d\.([\w-]+\.)?[cm]?ts$/;
/**
 * Large files of single packages that no server reads: translations, editors' servers, bundles for browsers, sources of
 * SQLite.
 */
const DROPPED_OF_PACKAGE = {
  'better-sqlite3': /^deps\//,
  sqlite3: /^deps\//,
  typescript:
    /^lib\/((cs|de|es|fr|it|ja|ko|pl|pt-br|ru|tr|zh-cn|zh-tw)\/|_?(tsserver|typingsInstaller)|tsserverlibrary\.js)/,
  'sql.js': /^dist\/(?!sql-wasm\.(js|wasm)$)/,
  typeorm: /^browser\//,
  'date-fns': /(^|\/)cdn(\.min)?\.js$/,
};

/**
 * Whether a file of an npm package goes into the store.
 * @param {string} path relative to the package, '/'-separated
 * @param {{ name: string, entries: string }} manifest `entries`: what package.json says about entry points, as text
 */
export function keepNpmFile(path, manifest) {
  const segments = path.split('/');
  const base = segments.at(-1) ?? '';
  if (path === 'package.json' || (segments.length === 1 && LICENCE.test(base))) return true;
  const top = segments[0] ?? '';
  if (segments.length > 1 && NPM_DROPPED_DIRECTORY.test(top) && !manifest.entries.includes(`${top}/`))
    return false;
  if (Object.hasOwn(DROPPED_OF_PACKAGE, manifest.name) && DROPPED_OF_PACKAGE[manifest.name].test(path))
    return false;
  if (NPM_DROPPED_FILE.test(base)) return false;
  if (TYPESCRIPT_SOURCE.test(base) && !TYPES.test(base)) return false;
  return !/^\.(eslint|prettier|travis|editorconfig|npmignore|babelrc|nycrc|jshint|mocharc)/.test(base);
}

/**
 * Whether a file of a wheel goes into the store.
 * @param {string} path inside the wheel
 * @param {{ dropCompiled: boolean }} options `dropCompiled` for Linux wheels, whose libraries cannot be loaded
 */
export function keepWheelFile(path, { dropCompiled }) {
  if (path.endsWith('/')) return false;
  if (/\.dist-info\//.test(path)) return !/\.dist-info\/(RECORD(\.jws|\.p7s)?|sboms\/.*)$/.test(path);
  if (/(^|\/)(tests|__pycache__)\//.test(path)) return false;
  if (dropCompiled && /\.(so|pyd|dylib)$/.test(path)) return false;
  return !/\.(pyi|pyx|pxd|po|c|cpp|h|map)$/.test(path);
}

/** @param {Uint8Array | string} data @returns {string} SHA-256 in hex */
export const sha256 = (data) => createHash('sha256').update(data).digest('hex');

/**
 * A gzipped ustar archive with all files below `package/`, the same bytes for the same input.
 * @param {{ path: string, data: Uint8Array, executable: boolean }[]} files
 */
export function tgz(files) {
  const blocks = [];
  for (const file of files) {
    blocks.push(tarHeader(`package/${file.path}`, file.data.length, file.executable), file.data);
    const rest = file.data.length % 512;
    if (rest > 0) blocks.push(new Uint8Array(512 - rest));
  }
  blocks.push(new Uint8Array(1024));
  return gzipSync(Buffer.concat(blocks), { level: 7 });
}

/** @param {string} path @param {number} size @param {boolean} executable */
function tarHeader(path, size, executable) {
  const header = Buffer.alloc(512);
  let name = path;
  let prefix = '';
  if (Buffer.byteLength(name) > 100) {
    const cut = path.indexOf('/', path.length - 101);
    prefix = path.slice(0, cut);
    name = path.slice(cut + 1);
    if (cut < 0 || Buffer.byteLength(prefix) > 155 || Buffer.byteLength(name) > 100) {
      throw new Error(`The path ${path} is too long for a tar header: leave the file out in keepNpmFile.`);
    }
  }
  header.write(name, 0);
  header.write(executable ? '0000755\0' : '0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\u000000', 257);
  header.write(prefix, 345);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** A zip archive, the same bytes for the same input. @param {Record<string, Uint8Array>} files */
export const zip = (files) => zipSync(files, { level: 6, mtime: '1980-01-02T00:00:00Z' });
