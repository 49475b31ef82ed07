const { Readable, Writable, Duplex, Transform, PassThrough, pipeline, finished, addAbortSignal, compose } = require('node:stream');
const sp = require('node:stream/promises');
const attempt = async (name, f) => {
  try {
    console.log(name, await f());
  } catch (error) {
    console.log(name, 'rejects', error.name, error.code, error.message);
  }
};
const collect = (stream) => stream.toArray();
const log = [];
class Counter extends Readable {
  #n = 0;
  _read() {
    log.push('read');
    this.push(this.#n < 3 ? String(this.#n++) : null);
  }
}
(async () => {
  await attempt('for await', async () => {
    const seen = [];
    for await (const chunk of new Counter()) seen.push(String(chunk));
    return [seen, log.length];
  });
  await attempt('operators', () => Readable.from([1, 2, 3, 4, 5]).filter((n) => n % 2).map(async (n) => n * 10).take(2).toArray());
  await attempt('reduce', () => Readable.from(['a', 'b']).reduce((text, part) => text + part, '>'));
  await attempt('pipeline', async () => {
    const out = [];
    await sp.pipeline(Readable.from(['x', 'y']), new Transform({ transform: (chunk, _, done) => done(null, String(chunk).toUpperCase()) }), async function* (source) { for await (const part of source) yield `${part}!`; }, new Writable({ write: (chunk, _, done) => (out.push(String(chunk)), done()) }));
    return out;
  });
  await attempt('pipeline error', () => sp.pipeline(Readable.from(['x']), new Transform({ transform: (_, __, done) => done(new Error('in transform')) }), new PassThrough()));
  await attempt('premature', () => {
    const through = new PassThrough();
    const done = sp.finished(through);
    through.destroy();
    return done;
  });
  await attempt('abort', () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 5);
    const stream = addAbortSignal(stop.signal, new PassThrough());
    return collect(stream);
  });
  await attempt('write after end', () => new Promise((_, failed) => {
    const w = new Writable({ write: (_c, _e, done) => done() });
    w.on('error', failed);
    w.end();
    w.write('x');
  }));
  await attempt('null write', () => new Writable({ write() {} }).write(null));
  await attempt('bad type', () => new Writable({ write() {} }).write(5));
  await attempt('not implemented', () => new Promise((_, failed) => new Readable().on('error', failed).resume()));
  await attempt('high water mark', () => {
    const w = new Writable({ highWaterMark: 3, write: (c, e, done) => setImmediate(done) });
    return [w.write('ab'), w.write('c'), w.writableLength, w.writableNeedDrain, w.writableHighWaterMark];
  });
  await attempt('object mode', () => {
    const r = new Readable({ objectMode: true, read() {} });
    r.push({ a: 1 });
    r.push(null);
    return collect(r);
  });
  await attempt('unshift and encoding', async () => {
    const r = new Readable({ read() {} });
    r.push(Buffer.from([0xe2, 0x82]));
    r.push(Buffer.from([0xac]));
    r.push(null);
    r.setEncoding('utf8');
    r.unshift('first ');
    return collect(r);
  });
  await attempt('cork', async () => {
    const sizes = [];
    const w = new Writable({ writev: (chunks, done) => (sizes.push(chunks.length), done()) });
    w.cork();
    w.write('a');
    w.write('b');
    w.uncork();
    w.end();
    await sp.finished(w);
    return sizes;
  });
  await attempt('compose', () => compose(async function* (source) { for await (const c of source) yield String(c) + '?'; }).end('q').toArray());
  await attempt('duplex from', async () => (await Duplex.from(async function* () { yield 'gen'; }).toArray()).map(String));
  await attempt('events order', async () => {
    const order = [];
    const p = new PassThrough();
    for (const name of ['pipe', 'finish', 'end', 'close', 'prefinish', 'readable']) p.on(name, () => order.push(name));
    Readable.from(['z']).pipe(p);
    p.on('readable', () => { while (p.read() !== null); });
    await sp.finished(p);
    await new Promise(setImmediate);
    return order;
  });
  finished(new PassThrough().destroy(new Error('destroyed')).on('error', () => {}), (error) => console.log('finished', error.message));
  pipeline(Readable.from([]), new PassThrough(), (error) => console.log('pipeline callback', error ?? 'fine'));
  console.log(Readable.from(['a']), typeof require('node:stream/consumers').text);
  console.log(await require('node:stream/consumers').json(Readable.from(['{"a"', ':1}'])));
})();
