const v8 = require('node:v8');

const value = { a: 1, b: [1.5, 'é', null, undefined, true], c: new Map([[1, { x: new Set([1, 2]) }]]), d: new Date(5), e: /x/gi, f: 10n, g: Buffer.from('abc'), h: new Uint16Array([1, 2]), i: { message: 'm' }, j: NaN, k: -0, l: [, 1] };
value.self = value;
const bytes = v8.serialize(value);
console.log(bytes.length, bytes.subarray(0, 12).toString('hex'));
const back = v8.deserialize(bytes);
console.log(back.self === back, back.c, back.d, back.e, back.f, back.g, back.h, back.i.message, Object.is(back.k, -0), back.l);
for (const wrong of [() => v8.serialize(() => 1), () => v8.serialize(Symbol('s')), () => v8.deserialize(Buffer.from([1, 2, 3])), () => v8.deserialize(5), () => v8.setFlagsFromString(5)]) {
  try { console.log(wrong()); } catch (error) { console.log(error.name, error.code, error.message); }
}
console.log(Object.keys(v8.getHeapStatistics()).join(), Object.values(v8.getHeapStatistics()).every(Number.isFinite));
console.log(Object.keys(v8.getHeapCodeStatistics()).join());
console.log(v8.getHeapSpaceStatistics().length > 0, Object.keys(v8.getHeapSpaceStatistics()[0]).join());
console.log(typeof v8.cachedDataVersionTag(), v8.startupSnapshot.isBuildingSnapshot());
try { v8.startupSnapshot.addSerializeCallback(() => {}); } catch (error) { console.log(error.code, error.message); }
const serializer = new v8.Serializer();
serializer.writeHeader();
serializer.writeValue({ a: 1 });
serializer.writeUint32(7);
serializer.writeDouble(1.5);
const raw = serializer.releaseBuffer();
const deserializer = new v8.Deserializer(raw);
console.log(deserializer.readHeader(), deserializer.readValue(), deserializer.readUint32(), deserializer.readDouble(), deserializer.getWireFormatVersion());
console.log(structuredClone(new Map([[1, new Date(0)]])), typeof v8.promiseHooks.createHook);
