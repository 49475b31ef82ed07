const v8 = require('v8');
const cyclic = { name: 'cyclic' };
cyclic.self = cyclic;
const values = [
  undefined, null, true, 0, -0, 1.5, -5, 2 ** 31, 2 ** 40, NaN, 10n, -(2n ** 70n), '', 'latin é', '日本 😀',
  [1, 2, 3], [1, , 3], Object.assign([1], { extra: 2 }), { a: 1, 5: 'x', nested: { b: [] } }, new Map([[1, { a: 2 }]]),
  new Set(['a']), new Date(0), /a+b/giu, Object(1), Object('s'), Object(true), Object(5n), Buffer.from('hi'),
  new Uint16Array([1, 2]), new DataView(new ArrayBuffer(3), 1), new BigInt64Array([5n]), new ArrayBuffer(2),
];
for (const value of values) {
  const bytes = v8.serialize(value);
  console.log(bytes.toString('hex'), v8.deserialize(bytes));
}
console.log(v8.deserialize(v8.serialize(cyclic)));
const error = v8.deserialize(v8.serialize(new RangeError('far', { cause: { why: 1 } })));
console.log(error.name, error.message, error.cause, error instanceof RangeError, Object.getOwnPropertyNames(error));
for (const bad of [() => 1, Symbol('s'), Promise.resolve(), new WeakMap(), new Proxy({}, {}), (function* () {})()]) {
  for (const clone of [v8.serialize, structuredClone]) {
    try {
      clone({ bad });
    } catch (failure) {
      console.log(failure.name, failure.code, failure.message);
    }
  }
}
for (const bytes of ['', 'ff0f', 'ff0f6f', 'ff63', 'ff0f220561', '00']) {
  try {
    console.log(v8.deserialize(Buffer.from(bytes, 'hex')));
  } catch (failure) {
    console.log(failure.name, failure.message);
  }
}
class Point { x = 1; get y() { return 2; } }
console.log(structuredClone(new Point()), structuredClone(Buffer.from('ab')), structuredClone(new Blob(['x'])));
const moved = new ArrayBuffer(4);
console.log(structuredClone(moved, { transfer: [moved] }).byteLength, moved.byteLength);
const writer = new v8.Serializer();
writer.writeHeader();
writer.writeUint32(300);
writer.writeUint64(1, 2);
writer.writeDouble(1.5);
writer.writeRawBytes(Buffer.from('raw'));
const reader = new v8.Deserializer(writer.releaseBuffer());
console.log(reader.readHeader(), reader.getWireFormatVersion(), reader.readUint32(), reader.readUint64(), reader.readDouble(), reader.readRawBytes(3));
