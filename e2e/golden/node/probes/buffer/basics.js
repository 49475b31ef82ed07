const { Buffer, Blob, File, constants, isUtf8, isAscii, transcode, kMaxLength, btoa, atob } = require('node:buffer');
const attempt = (f) => {
  try {
    return f();
  } catch (error) {
    return `${error.name} ${error.code}: ${error.message}`;
  }
};
for (const encoding of ['utf8', 'utf16le', 'latin1', 'ascii', 'base64', 'base64url', 'hex', 'binary', 'ucs2']) {
  const buffer = Buffer.from('aé€😀_-/+', encoding);
  console.log(encoding, buffer, buffer.toString(encoding), Buffer.byteLength('aé€', encoding), Buffer.isEncoding(encoding));
}
console.log(Buffer.from('zz', 'hex'), Buffer.from('abc', 'hex'), Buffer.from('YQ', 'base64'), Buffer.from('Y Q=\n=', 'base64').toString(), Buffer.from([256, -1, 1.9, '7', 'x']));
console.log(attempt(() => Buffer.from(5)), attempt(() => Buffer.from(null)), attempt(() => Buffer.alloc(-1)), attempt(() => Buffer.from('x', 'nope')), attempt(() => Buffer.alloc('5')));
const b = Buffer.alloc(16);
b.writeUInt32BE(0xdeadbeef, 0);
b.writeInt16LE(-2, 4);
b.writeDoubleBE(Math.PI, 6);
b.writeUIntBE(0x1234, 14, 2);
console.log(b, b.readUInt32BE(0), b.readInt16LE(4), b.readDoubleBE(6), b.readUIntLE(14, 2), b.readBigUInt64BE(0), b.readFloatLE(2).toFixed(3));
console.log(attempt(() => b.readUInt32BE(14)), attempt(() => b.writeUInt8(256, 0)), attempt(() => b.readInt8(1.5)), attempt(() => b.writeInt8('x')), attempt(() => b.readUIntBE(0, 7)), attempt(() => b.writeBigInt64LE(5)));
const text = Buffer.from('the quick brown fox');
console.log(text.indexOf('quick'), text.lastIndexOf('o'), text.includes('fox', -3), text.indexOf(Buffer.from('wn')), text.indexOf(0x78), text.indexOf('zzz'), text.indexOf('', 5));
console.log(text.slice(4, 9).toString(), text.subarray(-3).toString(), text.slice(0, 3).buffer === text.buffer, text.equals(Buffer.from(text)), Buffer.compare(Buffer.from('a'), Buffer.from('b')), text.compare(Buffer.from('xthe'), 1, 4, 0, 3));
console.log(Buffer.concat([Buffer.from('a'), Buffer.from('bcd')], 3).toString(), text.copy(b, 0, 4, 9), b.toString('latin1', 0, 5), b.fill('ab', 0, 5).toString('utf8', 0, 5), attempt(() => b.fill('', 0).length), attempt(() => b.fill('zz', 'hex')));
console.log(Buffer.from('abcd').swap16().toString(), Buffer.from('abcd').swap32().toString(), attempt(() => Buffer.from('abc').swap16()), JSON.stringify(Buffer.from('hi')), Buffer.from(JSON.parse(JSON.stringify(Buffer.from('hi')))).toString());
console.log([...Buffer.from('ab').entries()], Buffer.of(1, 2), Buffer.from(new Uint16Array([1, 513])), Buffer.from(new ArrayBuffer(4), 1, 2), Buffer.poolSize, kMaxLength === constants.MAX_LENGTH);
console.log(isUtf8(Buffer.from([0xc3, 0x28])), isAscii(Buffer.from('é')), transcode(Buffer.from('€'), 'utf8', 'latin1'), btoa('é'), atob('6Q=='), attempt(() => btoa('€')), attempt(() => atob('!')));
console.log(Buffer.alloc(60, 'x'), attempt(() => new Buffer.Blob()), Buffer.from('x').write('hello', 0), Buffer.alloc(3).write('aé€'), Buffer.from('é').toString('ascii'), Buffer.from([0xff, 0xfe]).toString());
(async () => {
  const blob = new Blob(['ab', new Uint8Array([99]), new Blob(['d'])], { type: 'Text/X' });
  console.log(blob, await blob.text(), await blob.slice(1, 3).text(), Buffer.from(await blob.arrayBuffer()), (await new Response(blob.stream()).text()).length);
  const file = new File(['x'], 'n.txt', { lastModified: 5 });
  console.log(file.name, file.size, file.lastModified, file instanceof Blob, structuredClone(Buffer.from('q')));
})();
