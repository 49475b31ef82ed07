const fs = require('node:fs');
const { spawnSync } = require('node:child_process');
const vlq = (n) => { let v = n < 0 ? (-n << 1) | 1 : n << 1, out = ''; do { let d = v & 31; v >>>= 5; if (v > 0) d |= 32; out += 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'[d]; } while (v > 0); return out; };
const source = 'interface A { x: string }\n\nexport function f(a: A): void {\n  throw new Error(a.x);\n}\nf({ x: "mapped" });\n';
const code = '"use strict";\nfunction f(a) {\n  throw new Error(a.x);\n}\nf({ x: "mapped" });\n';
const lines = [[], [[0, 0, 2, 0]], [[0, 0, 3, 2], [8, 0, 3, 8]], [[0, 0, 4, 0]], [[0, 0, 5, 0]]];
let last = [0, 0, 0];
const mappings = lines.map((segments) => { let column = 0; return segments.map(([c, s, l, sc]) => { const text = [c - column, s - last[0], l - last[1], sc - last[2]].map(vlq).join(''); column = c; last = [s, l, sc]; return text; }).join(','); }).join(';');
const map = JSON.stringify({ version: 3, file: 'out.js', sources: ['in.ts'], sourcesContent: [source], names: [], mappings });
fs.writeFileSync('out.js', `${code}//# sourceMappingURL=out.js.map\n`);
fs.writeFileSync('out.js.map', map);
fs.writeFileSync('in.ts', source);
fs.writeFileSync('inline.js', `${code}//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}\n`);
fs.writeFileSync('esm.mjs', `${code}//# sourceMappingURL=out.js.map\n`);
fs.writeFileSync('set.js', 'process.setSourceMapsEnabled(true);\ntry { require("./out.js"); } catch (e) { console.log(e.stack.split("\\n").slice(0, 3).join("\\n")); }\nconst { findSourceMap } = require("module");\nconst m = findSourceMap(require.resolve("./out.js"));\nconsole.log(m.findEntry(2, 8), m.payload.sources);\n');
for (const args of [['--enable-source-maps', 'out.js'], ['--enable-source-maps', 'inline.js'], ['--enable-source-maps', 'esm.mjs'], ['out.js'], ['set.js']]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  console.log(`--- ${args.join(' ')}: ${status}\n${stdout}${stderr}`.replaceAll(process.cwd(), '').replace(/Node\.js v[\d.]+/, 'Node'));
}
