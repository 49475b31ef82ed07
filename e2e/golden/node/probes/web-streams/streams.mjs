import { ReadableStream, WritableStream, TransformStream, CountQueuingStrategy, ByteLengthQueuingStrategy, TextDecoderStream, TextEncoderStream, CompressionStream, DecompressionStream } from 'node:stream/web';
import { Readable, Writable } from 'node:stream';
const all = async (stream) => {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return parts;
};
console.log(await all(new ReadableStream({ start(c) { c.enqueue(1); c.enqueue(2); c.close(); } }, new CountQueuingStrategy({ highWaterMark: 1 }))));
console.log(await all(ReadableStream.from(['a', 'b']).pipeThrough(new TransformStream({ transform: (chunk, c) => c.enqueue(chunk + chunk), flush: (c) => c.enqueue('end') }))));
const [left, right] = ReadableStream.from([1, 2]).tee();
console.log(await all(left), await all(right));
console.log((await all(ReadableStream.from(['é€']).pipeThrough(new TextEncoderStream()))).map((part) => [...part]), (await all(ReadableStream.from([new Uint8Array([0xe2]), new Uint8Array([0x82, 0xac])]).pipeThrough(new TextDecoderStream()))).join(''));
console.log((await all(ReadableStream.from([new TextEncoder().encode('zip zip zip')]).pipeThrough(new CompressionStream('gzip')).pipeThrough(new DecompressionStream('gzip')).pipeThrough(new TextDecoderStream()))).join(''));
const bytes = new ReadableStream({ type: 'bytes', pull(c) { c.enqueue(new Uint8Array([1, 2, 3])); c.close(); } });
const reader = bytes.getReader({ mode: 'byob' });
console.log(await reader.read(new Uint8Array(2)), await reader.read(new Uint8Array(2)));
const locked = new ReadableStream();
locked.getReader();
for (const f of [() => locked.getReader(), () => new ReadableStream({ type: 'x' }), () => new ByteLengthQueuingStrategy({}), () => new ReadableStream({}, { highWaterMark: -1 }), () => new CompressionStream('br')]) {
  try {
    f();
    console.log('fine');
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
const seen = [];
const writable = new WritableStream({ write: (chunk) => void seen.push(chunk), close: () => void seen.push('closed'), abort: (reason) => void seen.push(['aborted', reason]) });
const writer = writable.getWriter();
await writer.write('w');
console.log(writer.desiredSize, await writer.ready);
await writer.close();
console.log(seen, writable.locked);
const failing = new ReadableStream({ start(c) { c.error(new RangeError('broken')); } });
await failing.pipeTo(new WritableStream()).catch((error) => console.log(error.name, error.message));
await ReadableStream.from([1]).cancel('why');
console.log(await all(Readable.toWeb(Readable.from(['to web']))), (await Readable.fromWeb(ReadableStream.from(['from web'])).toArray()).map(String));
const sink = [];
const web = Writable.toWeb(new Writable({ write: (chunk, _, done) => (sink.push(String(chunk)), done()) }));
await ReadableStream.from(['x', 'y']).pipeTo(web);
console.log(sink, new ReadableStream(), new TransformStream());
