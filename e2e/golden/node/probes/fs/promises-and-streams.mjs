import fs from 'node:fs';
import * as fsp from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
const attempt = async (name, f) => {
  try {
    console.log(name, await f());
  } catch (error) {
    console.log(name, 'rejects', error.name, error.code, error.message);
  }
};
await fsp.writeFile('a.txt', 'line 1\nline 2\nlast');
await fsp.appendFile('a.txt', '!');
await attempt('read', () => fsp.readFile('a.txt', 'utf8'));
await attempt('none', () => fsp.readFile('none'));
await attempt('signal', () => fsp.readFile('a.txt', { signal: AbortSignal.abort() }));
await attempt('stat', async () => (await fsp.stat('a.txt')).size);
await attempt('mkdir', () => fsp.mkdir('x/y/z', { recursive: true }).then((first) => first?.split('/').at(-1)));
await attempt('again', () => fsp.mkdir('x'));
const file = await fsp.open('a.txt', 'r+');
await attempt('handle', async () => [typeof file.fd, (await file.read(Buffer.alloc(4), 0, 4, 0)).bytesRead, (await file.stat()).isFile()]);
await attempt('lines', async () => {
  const lines = [];
  for await (const line of file.readLines({ start: 0, autoClose: false })) lines.push(line);
  return lines;
});
await attempt('write', async () => (await file.write('LINE', 0)).bytesWritten);
await file.sync();
await file.close();
await attempt('closed', () => file.read());
await attempt('after', () => fsp.readFile('a.txt', 'utf8'));
await attempt('stream', async () => {
  let text = '';
  for await (const chunk of fs.createReadStream('a.txt', { encoding: 'utf8', start: 2, end: 8, highWaterMark: 3 })) text += `[${chunk}]`;
  return text;
});
await attempt('pipeline', async () => {
  const out = fs.createWriteStream('b.txt', { flags: 'a' });
  await pipeline(fs.createReadStream('a.txt'), out);
  return [out.bytesWritten, out.path, out.closed];
});
await attempt('missing stream', () => new Promise((_, failed) => fs.createReadStream('none').on('error', failed)));
await attempt('events', () => new Promise((done) => {
  const seen = [];
  const stream = fs.createReadStream('b.txt');
  for (const name of ['open', 'ready', 'data', 'end', 'close']) stream.on(name, () => (seen.push(name), name === 'close' && done(seen)));
}));
await attempt('rm', async () => {
  await fsp.rm('x', { recursive: true });
  return fsp.access('x');
});
await attempt('dir', async () => {
  const names = [];
  for await (const entry of await fsp.opendir('.')) names.push(entry.name);
  return names.filter((name) => name.endsWith('.txt')).sort();
});
await attempt('rename', () => fsp.rename('none', 'other'));
await attempt('truncate', async () => (await fsp.truncate('b.txt', 2), fsp.readFile('b.txt', 'utf8')));
await attempt('watch', async () => {
  const abort = new AbortController();
  const events = fsp.watch('.', { signal: abort.signal })[Symbol.asyncIterator]();
  const first = events.next();
  await new Promise((done) => setTimeout(done, 50));
  await fsp.writeFile('watched.txt', 'x');
  const { value } = await first;
  abort.abort();
  return [value.eventType, value.filename];
});
await attempt('callback', () => new Promise((done) => fs.stat('none', (error, stat) => done([error.code, stat]))));
