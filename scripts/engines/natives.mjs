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
 * Parts of the library that few servers ask for. Each pack is one file that a process loads when it first requires
 * something of it; the first pack that fits takes a source, `natives` the rest.
 */
const packs = {
  'natives-fetch': /^internal\/deps\/undici\//,
  'natives-http2': /^internal\/http2\//,
  'natives-tools':
    /^(repl|wasi|sea|inspector|trace_events|domain|test)(\/|$)|^internal\/(repl|debugger|test_runner|policy|test|test\/binding|freeze_intrinsics|inspector_.*|v8_.*|watchdog|wasm_web_api|cli_table)(\/|$)|^internal\/deps\/(acorn|minimatch|cjs-module-lexer\/dist)(\/|$)|^internal\/main\/(mksnapshot|print_help|embedding|inspect|prof_process|repl|test_runner|watch_mode)$|^internal\/(process|main)\/(policy|report)$/,
  natives: /^/,
};

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
    const pack = Object.values(packs).findIndex((pattern) => pattern.test(id));
    const bytes = Buffer.from(withoutCommentLines(source), 'utf8');
    index[id] = [pack, offsets[pack], bytes.length];
    texts[pack].push(bytes);
    offsets[pack] += bytes.length;
  }
  for (const [at, name] of names.entries()) writeFileSync(join(outDir, name), Buffer.concat(texts[at]));
  writeFileSync(join(outDir, 'natives.json'), JSON.stringify({ packs: names, sources: index }));
  return { first: ['natives.json', 'natives.txt'], later: names.filter((name) => name !== 'natives.txt') };
}
