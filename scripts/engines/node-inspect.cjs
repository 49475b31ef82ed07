/**
 * Runs inside the pinned Node binary (`node --expose-internals node-inspect.cjs OUT_DIR`) and writes down what the
 * browser's Node realm needs of it: the sources of its JavaScript library and the plain data of its bindings.
 */
'use strict';

const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { internalBinding } = require('internal/test/binding');

/** Tools for developers of V8, never loaded by a program. */
const dropped = /^internal\/(deps\/v8\/|v8_prof_)/;

const bindingNames = [
  'async_wrap',
  'blob',
  'block_list',
  'buffer',
  'builtins',
  'cares_wrap',
  'config',
  'constants',
  'contextify',
  'credentials',
  'crypto',
  'encoding_binding',
  'errors',
  'fs',
  'fs_dir',
  'fs_event_wrap',
  'heap_utils',
  'http2',
  'http_parser',
  'icu',
  'inspector',
  'js_stream',
  'js_udp_wrap',
  'messaging',
  'mksnapshot',
  'module_wrap',
  'options',
  'os',
  'performance',
  'permission',
  'pipe_wrap',
  'process_methods',
  'process_wrap',
  'profiler',
  'report',
  'sea',
  'serdes',
  'signal_wrap',
  'spawn_sync',
  'stream_pipe',
  'stream_wrap',
  'string_decoder',
  'symbols',
  'task_queue',
  'tcp_wrap',
  'timers',
  'tls_wrap',
  'trace_events',
  'tty_wrap',
  'types',
  'udp_wrap',
  'url',
  'util',
  'uv',
  'v8',
  'wasi',
  'wasm_web_api',
  'watchdog',
  'worker',
  'zlib',
];

/** Own properties, those that are not enumerable included: many constants are hidden. */
function entriesOf(object) {
  return Object.getOwnPropertyNames(object).map((key) => [key, object[key]]);
}

/** The part of a value that JSON can carry; functions become an object of their constants, or are left out. */
function plain(value, depth) {
  if (value === null || ['number', 'boolean', 'string'].includes(typeof value)) return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'symbol') return { symbol: value.description };
  if (depth === 0 || value === undefined) return undefined;
  if (typeof value === 'function') {
    const statics = entriesOf(value).filter(
      ([key, constant]) => typeof constant === 'number' && key !== 'length',
    );
    return statics.length > 0 ? Object.fromEntries(statics) : undefined;
  }
  if (ArrayBuffer.isView(value)) return undefined;
  if (Array.isArray(value)) return value.map((item) => plain(item, depth - 1) ?? null);
  if (Object.prototype.toString.call(value) === '[object Map]')
    return [...value].map(([key, item]) => [key, plain(item, depth - 1)]);
  const entries = entriesOf(value).map(([key, item]) => [key, plain(item, depth - 1)]);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}

function functionNames(binding) {
  return Object.keys(binding).filter((name) => typeof binding[name] === 'function');
}

function readBindings() {
  const out = {};
  for (const name of bindingNames) {
    const binding = internalBinding(name);
    out[name] = { ...plain(binding, 5), $functions: functionNames(binding) };
  }
  delete out.builtins.natives;
  out.uv.errorMap = [...internalBinding('uv').getErrorMap()];
  out.util.privateSymbolNames = Object.keys(internalBinding('util').privateSymbols);
  out.symbols.names = Object.fromEntries(
    Object.entries(internalBinding('symbols')).map(([name, symbol]) => [name, symbol.description]),
  );
  const options = internalBinding('options');
  const info = options.getCLIOptionsInfo();
  out.options.values = plain(options.getCLIOptionsValues(), 3);
  out.options.info = { options: plain(info.options, 3), aliases: plain(info.aliases, 3) };
  out.options.embedder = plain(options.getEmbedderOptions(), 2);
  out.constants.os = plain(internalBinding('constants').os, 5);
  return out;
}

/** Property keys as text; well-known symbols as `@@iterator`. */
function keysOf(object) {
  return Reflect.ownKeys(object).map((key) =>
    typeof key === 'string' ? key : `@@${key.description.replace(/^Symbol\./, '')}`,
  );
}

/** Own property names of everything the language defines, so that a newer engine can be cut back to it. */
function readIntrinsics() {
  const vm = require('node:vm');
  const globals = vm.runInNewContext('Object.getOwnPropertyNames(globalThis)');
  const out = { global: globals, members: {} };
  for (const name of globals) {
    const value = globalThis[name];
    if (value === null || (typeof value !== 'function' && typeof value !== 'object')) continue;
    if (value === globalThis) continue;
    out.members[name] = keysOf(value);
    if (value.prototype) out.members[`${name}.prototype`] = keysOf(value.prototype);
  }
  const iterator = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));
  out.members['%Iterator.prototype%'] = keysOf(iterator);
  const asyncIterator = Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}.prototype));
  out.members['%AsyncIterator.prototype%'] = keysOf(asyncIterator);
  const typedArray = Object.getPrototypeOf(Uint8Array);
  out.members['%TypedArray%'] = keysOf(typedArray);
  out.members['%TypedArray%.prototype'] = keysOf(typedArray.prototype);
  return out;
}

function main() {
  const outDir = process.argv[2];
  const { natives, builtinIds, builtinCategories } = internalBinding('builtins');
  const sources = Object.fromEntries(Object.entries(natives).filter(([id]) => !dropped.test(id)));
  writeFileSync(join(outDir, 'sources.json'), JSON.stringify(sources));
  const intrinsics = readIntrinsics();
  const bindings = readBindings();
  const constants = {
    ...bindings,
    builtins: { builtinIds, builtinCategories, config: internalBinding('builtins').config },
    process: {
      version: process.version,
      versions: process.versions,
      release: process.release,
      arch: 'x64',
      platform: 'linux',
      globals: Object.getOwnPropertyNames(globalThis),
    },
    intrinsics,
  };
  writeFileSync(join(outDir, 'constants.json'), JSON.stringify(constants));
}

main();
