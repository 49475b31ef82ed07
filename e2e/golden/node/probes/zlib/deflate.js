const zlib = require('node:zlib');
const crypto = require('node:crypto');

const show = (name, work) => {
  try {
    const result = work();
    console.log(name, Buffer.isBuffer(result) ? `${result.length} ${crypto.createHash('md5').update(result).digest('hex')}` : result);
  } catch (error) {
    console.log(name, '!', error.name, error.message, JSON.stringify(error));
  }
};
let seed = 42;
const random = () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) / 0x7fffffff;
const texts = {
  empty: Buffer.alloc(0),
  one: Buffer.from('a'),
  short: Buffer.from('hello hello hello hello'),
  json: Buffer.from(JSON.stringify({ articles: Array.from({ length: 20 }, (_, i) => ({ slug: `article-${i}`, title: `Article ${i}`, tagList: ['a', 'b'] })) })),
  repeated: Buffer.from('abcdefgh'.repeat(10000)),
  words: Buffer.from(Array.from({ length: 20000 }, () => ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta'][Math.floor(random() * 6)]).join(' ')),
  noise: Buffer.from(Array.from({ length: 30000 }, () => Math.floor(random() * 256))),
  zeros: Buffer.alloc(200000),
};
// Real Node's zlib is Chromium's, which finds other matches than zlib in some texts: there only the way back counts.
const likeZlib = new Set(['empty', 'one', 'short', 'repeated', 'zeros']);
for (const [name, data] of Object.entries(texts)) {
  for (const method of ['deflate', 'gzip', 'deflateRaw']) {
    for (const level of likeZlib.has(name) ? [undefined, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9] : [0]) {
      show(`${method} ${name} ${level}`, () => zlib[`${method}Sync`](data, level === undefined ? {} : { level }));
    }
  }
  const searching = [
    { strategy: zlib.constants.Z_FIXED },
    { strategy: zlib.constants.Z_FILTERED },
    { memLevel: 1 },
    { memLevel: 9 },
    { windowBits: 9 },
    { windowBits: 12, level: 9 },
  ];
  const plain = [{ strategy: zlib.constants.Z_HUFFMAN_ONLY }, { strategy: zlib.constants.Z_RLE }];
  for (const options of likeZlib.has(name) ? [...plain, ...searching] : plain) {
    show(`${name} ${JSON.stringify(options)}`, () => zlib.deflateSync(data, options));
  }
  for (const method of ['deflate', 'gzip', 'deflateRaw']) {
    const back = { deflate: 'inflateSync', gzip: 'gunzipSync', deflateRaw: 'inflateRawSync' }[method];
    show(`${back} ${name}`, () => zlib[back](zlib[`${method}Sync`](data)).equals(data));
  }
}
console.log(zlib.gzipSync('header').subarray(0, 10), zlib.deflateSync('header').subarray(0, 2));
