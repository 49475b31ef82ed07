const readline = require('node:readline');
const { Readable, PassThrough, Writable } = require('node:stream');
(async () => {
  for await (const line of readline.createInterface({ input: Readable.from(['one\ntw', 'o\r\nthree\u2028x\rfour']), crlfDelay: Infinity })) console.log(JSON.stringify(line));
  const input = new PassThrough();
  let out = '';
  const output = new Writable({ write: (chunk, _, done) => ((out += chunk), done()) });
  const rl = readline.createInterface({ input, output, prompt: '> ' });
  const events = [];
  for (const name of ['line', 'pause', 'resume', 'close']) rl.on(name, (...args) => events.push([name, ...args]));
  rl.prompt();
  rl.question('name? ', (answer) => events.push(['answer', answer]));
  input.write('Ann\nsecond\n');
  rl.pause();
  rl.resume();
  input.end('last');
  await new Promise((done) => rl.once('close', done));
  console.log(events, JSON.stringify(out), rl.terminal, rl.closed);
  try {
    rl.question('x', () => {});
  } catch (error) {
    console.log(error.code, error.message);
  }
  const promises = require('node:readline/promises');
  const asked = promises.createInterface({ input: Readable.from(['yes\n']), output });
  console.log(await asked.question('sure? '));
  asked.close();
  const abort = AbortSignal.abort();
  await promises.createInterface({ input: new PassThrough(), output }).question('q', { signal: abort }).catch((error) => console.log(error.name, error.code));
  readline.clearLine(output, 0);
  readline.cursorTo(output, 1, 2);
  readline.moveCursor(output, -1, 1);
  console.log(JSON.stringify(out.slice(-30)));
})();
