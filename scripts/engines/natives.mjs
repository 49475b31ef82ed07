import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'acorn';

const options = {
  ecmaVersion: 'latest',
  allowReturnOutsideFunction: true,
  allowAwaitOutsideFunction: true,
  allowSuperOutsideMethod: true,
};

/**
 * A source without the comments that fill whole lines. Every line and column of code stays where it was, because stack
 * traces name them; a comment behind code stays, because Node prints that line when the code throws.
 * @param {string} source
 */
export function withoutCommentLines(source) {
  const comments = [];
  parse(source, { ...options, onComment: (_block, _text, start, end) => comments.push([start, end]) });
  let out = '';
  let at = 0;
  for (const [start, end] of comments) {
    const lineStart = source.lastIndexOf('\n', start - 1) + 1;
    const newline = source.indexOf('\n', end);
    const lineEnd = newline < 0 ? source.length : newline;
    const alone = source.slice(lineStart, start).trim() === '' && source.slice(end, lineEnd).trim() === '';
    if (!alone || lineStart < at) continue;
    out += source.slice(at, lineStart) + source.slice(start, end).replace(/[^\n]+/g, '');
    at = lineEnd;
  }
  return out + source.slice(at);
}

/**
 * Parts of the library that not every server asks for. Each pack is a file that a process loads when it first requires
 * something of it; a source belongs to the first pack that names it or a folder above it.
 */
const packs = {
  // What is loaded before a program of one line runs, although its folder is named below.
  natives: [
    'internal/perf/observe',
    'internal/perf/performance_entry',
    'internal/perf/utils',
    'internal/source_map/source_map_cache',
    'internal/webstreams/queuingstrategies',
    'internal/webstreams/util',
    'internal/worker/js_transferable',
  ],
  'natives-fetch': ['internal/deps/undici'],
  'natives-http2': ['internal/http2'],
  'natives-tools': [
    ...['domain', 'inspector', 'repl', 'sea', 'test', 'trace_events', 'wasi'],
    ...['acorn', 'cjs-module-lexer/dist', 'minimatch'].map((name) => `internal/deps/${name}`),
    ...[
      'embedding',
      'inspect',
      'mksnapshot',
      'print_help',
      'prof_process',
      'repl',
      'test_runner',
      'watch_mode',
    ].map((name) => `internal/main/${name}`),
    ...['policy', 'report'].map((name) => `internal/process/${name}`),
    ...[
      'cli_table',
      'debugger',
      'freeze_intrinsics',
      'inspector_async_hook',
      'inspector_network_tracking',
    ].map((name) => `internal/${name}`),
    ...['policy', 'repl', 'test', 'test_runner', 'wasm_web_api', 'watchdog'].map(
      (name) => `internal/${name}`,
    ),
  ],
  'natives-more': [
    ...['_tls_common', '_tls_wrap', 'https', 'punycode', 'readline', 'tls', 'v8'],
    ...['aes', 'cfrg', 'ec', 'mac', 'rsa', 'webcrypto', 'webidl'].map((name) => `internal/crypto/${name}`),
    ...['cp', 'dir', 'recursive_watch', 'rimraf', 'watchers'].map((name) => `internal/fs/${name}`),
    ...['fetch_module', 'hooks', 'worker'].map((name) => `internal/modules/esm/${name}`),
    ...[
      'child_process/serialization',
      'cluster/child',
      'dns/promises',
      'main/worker_thread',
      'vm/module',
    ].map((name) => `internal/${name}`),
    ...['blocklist', 'error_serdes', 'histogram', 'js_stream_socket', 'mime', 'perf', 'readline'].map(
      (name) => `internal/${name}`,
    ),
    ...['socketaddress', 'source_map', 'tls', 'util/comparisons', 'util/parse_args', 'watch_mode'].map(
      (name) => `internal/${name}`,
    ),
    ...['webstreams', 'worker'].map((name) => `internal/${name}`),
  ],
};

/** @param {string} id @returns {string} Name of the pack that it belongs to. */
function packOf(id) {
  const holds = ([, members]) => members.some((member) => id === member || id.startsWith(`${member}/`));
  return Object.entries(packs).find(holds)?.[0] ?? 'natives';
}

/**
 * Packs the library's sources, which `node-inspect.cjs` wrote to `sources.json` (text by id): a file per pack, and
 * `natives.json`: `{packs: [file], sources: {id: [pack, offset, bytes]}}`.
 * @param {string} outDir
 * @returns {{first: string[], later: string[]}} Names of the files to load at the start, and of those to load later.
 */
export function packNatives(outDir) {
  const sources = Object.entries(JSON.parse(readFileSync(join(outDir, 'sources.json'), 'utf8')));
  const names = Object.keys(packs).map((name) => `${name}.txt`);
  const texts = names.map(() => []);
  const offsets = names.map(() => 0);
  const index = {};
  for (const [id, source] of sources) {
    const pack = names.indexOf(`${packOf(id)}.txt`);
    const bytes = Buffer.from(withoutCommentLines(source), 'utf8');
    index[id] = [pack, offsets[pack], bytes.length];
    texts[pack].push(bytes);
    offsets[pack] += bytes.length;
  }
  for (const [at, name] of names.entries()) writeFileSync(join(outDir, name), Buffer.concat(texts[at]));
  writeFileSync(join(outDir, 'natives.json'), JSON.stringify({ packs: names, sources: index }));
  return { first: ['natives.json', 'natives.txt'], later: names.filter((name) => name !== 'natives.txt') };
}
