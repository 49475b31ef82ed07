const { StringDecoder } = require('node:string_decoder');
const feed = (encoding, bytes) => {
  const decoder = new StringDecoder(encoding);
  const parts = bytes.map((byte) => decoder.write(Buffer.from([byte])));
  return JSON.stringify([...parts, decoder.end()]);
};
const text = [...Buffer.from('é€😀a')];
for (const encoding of ['utf8', 'latin1', 'ascii', 'hex', 'base64', 'base64url']) console.log(encoding, feed(encoding, text));
console.log('utf16le', feed('utf16le', [...Buffer.from('a😀', 'utf16le')]));
for (const bad of [[0xe2, 0x82], [0xff, 0x61], [0xf0, 0x9f, 0x61], [0xc0, 0x80], [0xed, 0xa0, 0x80]]) console.log(bad, feed('utf8', bad));
const decoder = new StringDecoder();
console.log(decoder.encoding, decoder.write(Buffer.from([0xe2, 0x82])), decoder.lastNeed, decoder.lastTotal, decoder.end(Buffer.from([0xac])), new StringDecoder('UCS-2').encoding);
for (const f of [() => new StringDecoder('nope'), () => decoder.write(5)]) {
  try {
    f();
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
console.log(decoder.write('string'), decoder.write(new Uint16Array([0x6161])));
