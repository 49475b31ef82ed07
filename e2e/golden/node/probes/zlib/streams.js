const zlib = require('node:zlib');
const { pipeline } = require('node:stream/promises');
const { Readable, Writable } = require('node:stream');

const show = (name, work) => {
  try {
    const result = work();
    console.log(name, Buffer.isBuffer(result) ? result.toString('hex') : result);
  } catch (error) {
    console.log(name, '!', error.name, error.message, JSON.stringify(error));
  }
};
const text = 'the same words again and the same words again';
const gzipped = zlib.gzipSync(text);
show('gunzip', () => zlib.gunzipSync(gzipped).toString());
show('unzip', () => [zlib.unzipSync(gzipped).toString(), zlib.unzipSync(zlib.deflateSync(text)).toString()]);
show('truncated', () => zlib.gunzipSync(gzipped.subarray(0, 20)));
show('truncated, partial', () => zlib.gunzipSync(gzipped.subarray(0, 30), { finishFlush: zlib.constants.Z_SYNC_FLUSH }).toString());
show('garbage', () => zlib.gunzipSync(Buffer.from('garbage')));
show('inflate garbage', () => zlib.inflateSync(Buffer.from('garbage')));
show('raw garbage', () => zlib.inflateRawSync(Buffer.from([0xff, 0xff])));
show('empty', () => zlib.gunzipSync(Buffer.alloc(0)));
show('bad check', () => {
  const broken = Buffer.from(gzipped);
  broken[broken.length - 6] ^= 1;
  return zlib.gunzipSync(broken);
});
show('bad length', () => {
  const broken = Buffer.from(gzipped);
  broken[broken.length - 1] ^= 1;
  return zlib.gunzipSync(broken);
});
show('members', () => zlib.gunzipSync(Buffer.concat([gzipped, gzipped])).toString());
show('padding', () => zlib.gunzipSync(Buffer.concat([gzipped, Buffer.alloc(10)])).toString());
show('trailing', () => zlib.gunzipSync(Buffer.concat([gzipped, Buffer.from('trailing')])).toString());
show('maxOutputLength', () => zlib.gunzipSync(zlib.gzipSync('x'.repeat(1000)), { maxOutputLength: 100 }));
const dictionary = Buffer.from('the same words');
const primed = zlib.deflateSync(text, { dictionary });
show('dictionary', () => [primed.toString('hex'), zlib.inflateSync(primed, { dictionary }).toString()]);
show('no dictionary', () => zlib.inflateSync(primed));
show('other dictionary', () => zlib.inflateSync(primed, { dictionary: Buffer.from('other') }));
show('raw dictionary', () => zlib.inflateRawSync(zlib.deflateRawSync(text, { dictionary }), { dictionary }).toString());
show('level', () => zlib.gzipSync(text, { level: 10 }));
show('windowBits', () => zlib.gzipSync(text, { windowBits: 3 }));
show('chunkSize', () => zlib.gzipSync(text, { chunkSize: 10 }));
show('type', () => zlib.gzipSync(1));
show('finishFlush', () => zlib.gzipSync(text, { finishFlush: 99 }));
show('info', () => zlib.gzipSync(text, { info: true }).engine.constructor.name);
show('crc32', () => [zlib.crc32(''), zlib.crc32('hello'), zlib.crc32(Buffer.from('world'), zlib.crc32('hello')), zlib.crc32('helloworld')]);
show('crc32 type', () => zlib.crc32(1));
show('codes', () => [zlib.codes.Z_BUF_ERROR, zlib.codes['-5'], Object.isFrozen(zlib.codes)]);
console.log(Object.keys(zlib).join(), Object.keys(zlib.constants).length);

(async () => {
  for (const flush of ['Z_SYNC_FLUSH', 'Z_FULL_FLUSH', 'Z_PARTIAL_FLUSH', 'Z_NO_FLUSH']) {
    const parts = [];
    const gzip = zlib.createDeflate();
    gzip.on('data', (part) => parts.push(part.toString('hex')));
    gzip.write('first ');
    await new Promise((resolve) => gzip.flush(zlib.constants[flush], resolve));
    gzip.end('second');
    await new Promise((resolve) => gzip.on('end', resolve));
    console.log(flush, parts.join(' '));
  }
  const changed = [];
  const deflate = zlib.createDeflate({ level: 1 });
  deflate.on('data', (part) => changed.push(part.toString('hex')));
  deflate.write('aaaaaaaaaaaaaaaaaaaaaaaaabbbbbbbbbbbb');
  await new Promise((resolve) => deflate.params(9, zlib.constants.Z_DEFAULT_STRATEGY, resolve));
  deflate.end('aaaaaaaaaaaaaaaaaaaaaaaaabbbbbbbbbbbb');
  await new Promise((resolve) => deflate.on('end', resolve));
  console.log('params', changed.join(' '));
  const seen = [];
  await pipeline(
    Readable.from(['one ', 'two ', 'three']),
    zlib.createGzip(),
    zlib.createGunzip(),
    new Writable({ write: (chunk, _, done) => (seen.push(chunk.toString()), done()) }),
  );
  console.log('pipeline', seen.join(''));
  const gunzip = zlib.createGunzip();
  gunzip.on('error', (error) => console.log('error', error.code, error.errno, error.message, gunzip.destroyed));
  gunzip.on('close', () => console.log('closed', gunzip.bytesWritten));
  gunzip.end(gzipped.subarray(0, 15));
  await new Promise((resolve) => gunzip.on('close', resolve));
  const reused = zlib.createDeflateRaw();
  reused.reset();
  reused.close(() => console.log('close'));
  zlib.gzip(text, (error, result) => zlib.unzip(result, (failed, plain) => console.log('callbacks', error, failed, plain.toString())));
  zlib.inflate('garbage', (error) => console.log('callback', error.message));
  const { promisify } = require('node:util');
  console.log('promisified', (await promisify(zlib.deflateRaw)('promised')).toString('hex'));
})();
