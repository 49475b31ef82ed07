const crypto = require('node:crypto');

const show = (name, work) => {
  try {
    console.log(name, work());
  } catch (error) {
    console.log(name, '!', error.name, error.message, JSON.stringify(error));
  }
};
const bits = (value) => value.toString(2).length;
show('uuid', () => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(crypto.randomUUID()));
show('uuid options', () => crypto.randomUUID({ disableEntropyCache: true }).length);
show('bytes', () => [crypto.randomBytes(0).length, crypto.randomBytes(100_000).length]);
show('bytes negative', () => crypto.randomBytes(-1));
show('bytes text', () => crypto.randomBytes('5'));
show('int', () => Array.from({ length: 100 }, () => crypto.randomInt(3, 6)).every((each) => each >= 3 && each < 6));
show('int range', () => crypto.randomInt(5, 5));
show('int large', () => crypto.randomInt(2 ** 48));
show('fill', () => crypto.randomFillSync(new Uint16Array(4), 1, 2).length);
show('fill range', () => crypto.randomFillSync(Buffer.alloc(4), 5));
show('values', () => crypto.getRandomValues(new Uint32Array(3)).length);
show('values type', () => crypto.getRandomValues([1]));
for (const size of [2, 3, 8, 16, 64, 256]) {
  show(`prime ${size}`, () => {
    const prime = crypto.generatePrimeSync(size, { bigint: true });
    return [bits(prime), crypto.checkPrimeSync(prime), crypto.generatePrimeSync(size).byteLength];
  });
}
show('safe', () => {
  const prime = crypto.generatePrimeSync(64, { bigint: true, safe: true });
  return [bits(prime), crypto.checkPrimeSync((prime - 1n) / 2n)];
});
show('safe 3', () => crypto.generatePrimeSync(3, { safe: true, bigint: true }));
show('add', () => {
  const prime = crypto.generatePrimeSync(64, { bigint: true, add: 30n, rem: 7n });
  return [bits(prime), prime % 30n];
});
show('prime 1', () => crypto.generatePrimeSync(1));
show('prime 0', () => crypto.generatePrimeSync(0));
show('large add', () => crypto.generatePrimeSync(8, { add: 1000n, bigint: true }));
show('large rem', () => crypto.generatePrimeSync(32, { add: 12n, rem: 12n, bigint: true }));
for (const value of [0n, 1n, 2n, 3n, 4n, 97n, 561n, 2n ** 127n - 1n, 2n ** 128n - 1n, 3825123056546413051n]) {
  show(value, () => crypto.checkPrimeSync(value));
}
show('check bytes', () => crypto.checkPrimeSync(Buffer.from([1, 0, 1])));
show('check negative', () => crypto.checkPrimeSync(-3n));
show('equal', () => [crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('a')), crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('b'))]);
show('equal length', () => crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('ab')));
show('heap', () => crypto.secureHeapUsed());
show('fips', () => crypto.getFips());
show('engine', () => crypto.setEngine('nope'));
show('hash', () => [crypto.hash('sha256', 'x'), crypto.hash('md5', Buffer.from('x'), 'base64')]);
crypto.randomInt(1, 2, (error, value) => console.log('int', error, value));
crypto.generatePrime(32, { bigint: true }, (error, prime) => console.log('prime', error, bits(prime)));
crypto.checkPrime(7n, (error, prime) => console.log('check', error, prime));
crypto.randomBytes(4, (error, bytes) => console.log('bytes', error, bytes.length));
