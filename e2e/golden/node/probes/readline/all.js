const readline = require('readline'), rlp = require('readline/promises'), fs = require('fs'), { Readable, PassThrough } = require('stream');
const log = (...a) => console.log(...a);
(async () => {
  fs.writeFileSync('f.txt', 'one\ntwo\r\nthree\u2028four\n\nlast');
  for await (const l of readline.createInterface({ input: fs.createReadStream('f.txt'), crlfDelay: Infinity })) log(JSON.stringify(l));
  const rl = readline.createInterface({ input: Readable.from(['a\nb', '\nc']) }); rl.on('line', (l) => log('line', l)); rl.on('close', () => log('close')); await new Promise((r) => rl.on('close', r));
  const input = new PassThrough(), output = new PassThrough(); let shown = ''; output.on('data', (d) => (shown += d));
  const q = rlp.createInterface({ input, output }); setTimeout(() => input.write('Bob\n'), 20); log(await q.question('Name? ')); log(JSON.stringify(shown)); q.close(); try { await q.question('x'); } catch (e) { log(e.code, e.message); }
  const ac = new AbortController(); const q2 = rlp.createInterface({ input: new PassThrough() }); setTimeout(() => ac.abort(), 10); try { await q2.question('?', { signal: ac.signal }); } catch (e) { log(e.name); } q2.close();
  const r3 = readline.createInterface({ input: Readable.from(['x\n']), prompt: '> ', terminal: false }); log(r3.getPrompt(), r3.terminal, r3.line); r3.close(); log(typeof readline.cursorTo, readline.clearLine(new PassThrough(), 0));
  for await (const l of readline.createInterface({ input: process.stdin })) log('stdin', l); log('stdin done');
})();
