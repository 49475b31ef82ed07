import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleExpression, libraryLoader, runPinned } from '../testing/pinned-node.ts';

type Zlib = typeof import('node:zlib');

/** Calls much of `node:zlib`; runs, as text, in the pinned Node: over its own binding and over ours. */
async function exercise(zlib: Zlib, peer: Zlib): Promise<Record<string, unknown>> {
  const results: Record<string, unknown> = {};
  const note = async (name: string, call: () => unknown): Promise<void> => {
    try {
      const value = await call();
      results[name] = value instanceof Uint8Array ? Buffer.from(value).toString('hex') : (value ?? null);
    } catch (error) {
      const { name: kind, message, code, errno } = error as Error & { code?: string; errno?: number };
      results[name] = { kind, message, code: code ?? null, errno: errno ?? null };
    }
  };
  const text = Buffer.from('The quick brown fox, the lazy dog. '.repeat(3000));
  const noise = Buffer.alloc(100_000);
  for (let i = 0, seed = 1; i < noise.length; i++) noise[i] = seed = (seed * 1103515245 + 12345) & 0xff;
  const later = (start: (done: (error: Error | null, value: Buffer) => void) => void): Promise<Buffer> =>
    new Promise((resolve, reject) => start((error, value) => (error ? reject(error) : resolve(value))));

  for (const [name, data] of Object.entries({ text, noise, empty: Buffer.alloc(0) })) {
    // What we compress is read by the real zlib, and the other way round: sizes may differ, content may not.
    await note(`deflate ${name}`, () => peer.inflateSync(zlib.deflateSync(data)).equals(data));
    await note(`gzip ${name}`, () => peer.gunzipSync(zlib.gzipSync(data, { level: 9 })).equals(data));
    await note(`raw ${name}`, () =>
      peer.inflateRawSync(zlib.deflateRawSync(data, { level: 1 })).equals(data),
    );
    await note(`stored ${name}`, () => peer.unzipSync(zlib.deflateSync(data, { level: 0 })).equals(data));
    await note(`inflate ${name}`, () => zlib.inflateSync(peer.deflateSync(data)).equals(data));
    await note(`gunzip ${name}`, () => zlib.gunzipSync(peer.gzipSync(data)).equals(data));
    await note(`unzip ${name}`, () => zlib.unzipSync(peer.gzipSync(data)).equals(data));
    await note(`unzip deflated ${name}`, () => zlib.unzipSync(peer.deflateSync(data)).equals(data));
    await note(`later ${name}`, async () => {
      const packed = await later((done) => zlib.gzip(data, done));
      return (await later((done) => zlib.gunzip(packed, done))).equals(data);
    });
  }
  await note('small output chunks', () =>
    zlib.inflateSync(peer.deflateSync(text), { chunkSize: 64 }).equals(text),
  );
  await note('two members', () =>
    zlib.gunzipSync(Buffer.concat([peer.gzipSync('a'), peer.gzipSync('b'), Buffer.alloc(4)])),
  );
  await note('garbage after gzip', () =>
    zlib.gunzipSync(Buffer.concat([peer.gzipSync('a'), Buffer.from('zz')])),
  );
  await note('garbage after deflate', () =>
    zlib.inflateSync(Buffer.concat([peer.deflateSync('a'), Buffer.from('zz')])),
  );
  await note('not compressed', () => zlib.inflateSync(Buffer.from('plain text')));
  await note('not gzip', () => zlib.gunzipSync(Buffer.from('plain text')));
  await note('not gzip later', () => later((done) => zlib.gunzip(Buffer.from('plain text'), done)));
  await note('cut short', () => zlib.inflateSync(peer.deflateSync(text).subarray(0, 60)));
  await note(
    'cut short, tolerated',
    () =>
      zlib.inflateSync(peer.deflateSync(text).subarray(0, 60), { finishFlush: zlib.constants.Z_SYNC_FLUSH })
        .length > 0,
  );
  await note('damaged', () => {
    const packed = peer.deflateSync(text);
    packed.writeUInt8(packed.readUInt8(packed.length - 1) ^ 1, packed.length - 1);
    return zlib.inflateSync(packed);
  });
  await note('damaged gzip', () => {
    const packed = peer.gzipSync(text);
    packed.writeUInt8(packed.readUInt8(packed.length - 6) ^ 1, packed.length - 6);
    return zlib.gunzipSync(packed);
  });
  await note('bad block', () => zlib.inflateRawSync(Buffer.from([7, 1, 2])));
  await note('too large', () => zlib.inflateSync(peer.deflateSync(text), { maxOutputLength: 100 }));
  const dictionary = Buffer.from('quick brown fox');
  await note('dictionary', () =>
    zlib.inflateSync(peer.deflateSync(text, { dictionary }), { dictionary }).equals(text),
  );
  await note('dictionary written', () =>
    peer.inflateSync(zlib.deflateSync(text, { dictionary }), { dictionary }).equals(text),
  );
  await note('dictionary missing', () => zlib.inflateSync(peer.deflateSync(text, { dictionary })));
  await note('dictionary wrong', () =>
    zlib.inflateSync(peer.deflateSync(text, { dictionary }), { dictionary: text }),
  );
  await note('dictionary raw', () =>
    zlib.inflateRawSync(peer.deflateRawSync(text, { dictionary }), { dictionary }).equals(text),
  );
  await note('stream', async () => {
    const stream = zlib.createGzip() as ReturnType<Zlib['createGzip']> &
      Pick<ReturnType<Zlib['createDeflate']>, 'params'>;
    const parts: Buffer[] = [];
    stream.on('data', (part: Buffer) => parts.push(part));
    stream.write('first ');
    await new Promise<void>((resolve) => stream.flush(resolve));
    const early = parts.length > 0;
    await new Promise<void>((resolve) => stream.params(9, zlib.constants.Z_FILTERED, () => resolve()));
    stream.end('second');
    await new Promise((resolve) => stream.on('end', resolve));
    return [early, stream.bytesWritten, peer.gunzipSync(Buffer.concat(parts)).toString()];
  });
  await note('stream of bytes', async () => {
    const stream = zlib.createUnzip();
    const parts: Buffer[] = [];
    stream.on('data', (part: Buffer) => parts.push(part));
    for (const byte of peer.gzipSync('byte by byte')) stream.write(Buffer.from([byte]));
    stream.end();
    await new Promise((resolve) => stream.on('end', resolve));
    return Buffer.concat(parts).toString();
  });
  await note('stream error', () => {
    const stream = zlib.createGunzip();
    const failed = new Promise((_resolve, reject) => stream.on('error', reject));
    stream.end('nonsense');
    return failed;
  });
  await note('close while writing', () => {
    const stream = zlib.createDeflate();
    stream.write(text);
    stream.close();
    return new Promise((resolve) => stream.on('close', () => resolve('closed')));
  });
  await note('crc32', () => {
    const { crc32 } = zlib as unknown as { crc32(data: string | Buffer, value?: number): number };
    return [crc32('hello'), crc32(noise), crc32('world', crc32('hello '))];
  });
  return results;
}

describe("Node's zlib library over our binding", () => {
  let answers: { ours: Record<string, unknown>; real: Record<string, unknown> };

  beforeAll(async () => {
    const bundle = await bundleExpression(fileURLToPath(new URL('./index.ts', import.meta.url)));
    answers = (await runPinned(`${libraryLoader}
      const binding = ${bundle}.createZlibBinding({
        require,
        asyncResource: () => ({ getAsyncId: () => 1 }),
        complete: (done) => setImmediate(done),
        missing: (what) => { throw new Error('missing: ' + what); },
      });
      const ours = loadLibrary((id) => id === 'zlib', { zlib: binding })('zlib');
      const exercise = ${exercise.toString()};
      (async () => report({
        ours: await exercise(ours, require('zlib')),
        real: await exercise(require('zlib'), require('zlib')),
      }))();`)) as typeof answers;
  });

  it('answers every call as the pinned Node does', () => {
    expect(Object.keys(answers.real).length).toBeGreaterThan(45);
    expect(answers.ours).toEqual(answers.real);
  });
});
