const zlib = require('node:zlib');
const { pipeline } = require('node:stream');

const show = (name, work) => {
  try {
    const result = work();
    console.log(name, Buffer.isBuffer(result) ? result.toString('base64') : result);
  } catch (error) {
    console.log(name, '!', error.name, error.message, JSON.stringify(error));
  }
};
const texts = {
  empty: '',
  short: 'hello',
  repeated: 'abc'.repeat(5000),
  json: JSON.stringify(Array.from({ length: 500 }, (_, i) => ({ id: i, name: `user ${i}`, tags: ['a', 'b', i % 7] }))),
};
for (const [name, text] of Object.entries(texts)) {
  show(name, () => {
    const sealed = zlib.brotliCompressSync(text);
    console.log(sealed.toString('base64'));
    return zlib.brotliDecompressSync(sealed).toString() === text;
  });
  for (const quality of [0, 1, 4, 9, 11, 100]) {
    show(`${name} ${quality}`, () => {
      const sealed = zlib.brotliCompressSync(text, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: quality } });
      return zlib.brotliDecompressSync(sealed).toString() === text;
    });
  }
}
// Made by the reference encoder.
const made = Buffer.from('GxYBAARscaQDerIEupoG9SCtoLOZtrpU1eqVj1OU643UWJZ9QAA=', 'base64');
show('made', () => zlib.brotliDecompressSync(made).toString());
show('garbage', () => zlib.brotliDecompressSync(Buffer.from([0x1b, 0xff, 0xff])));
show('nothing', () => zlib.brotliDecompressSync(Buffer.alloc(0)));
show('truncated', () => zlib.brotliDecompressSync(zlib.brotliCompressSync('hello hello hello').subarray(0, 8)));
show('trailing', () => zlib.brotliDecompressSync(Buffer.concat([zlib.brotliCompressSync('x'), Buffer.from('trailing')])).toString());
show('maxOutputLength', () => zlib.brotliDecompressSync(zlib.brotliCompressSync('x'.repeat(1000)), { maxOutputLength: 100 }));
show('parameter', () => zlib.brotliCompressSync('x', { params: { 99: 1 } }));
show('parameter type', () => zlib.brotliCompressSync('x', { params: { 1: 'high' } }));
console.log(Object.keys(zlib.constants).filter((name) => name.startsWith('BROTLI')).length, zlib.constants.BROTLI_OPERATION_FLUSH);
zlib.brotliCompress(texts.json, (error, sealed) => {
  console.log('callback', error);
  zlib.brotliDecompress(sealed, (failed, open) => console.log('callback', failed, open.toString() === texts.json));
});
zlib.brotliDecompress(Buffer.from('garbage'.repeat(10)), (error) => console.log('callback', error.name));
const parts = [];
const compress = zlib.createBrotliCompress({ chunkSize: 1024 });
const decompress = zlib.createBrotliDecompress({ chunkSize: 256 });
decompress.on('data', (part) => parts.push(part));
pipeline(compress, decompress, (error) => console.log('stream', error, Buffer.concat(parts).toString() === texts.json.repeat(3), compress.bytesWritten));
for (let i = 0; i < 3; i++) compress.write(texts.json);
compress.end();
