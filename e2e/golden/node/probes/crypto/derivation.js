const crypto = require('node:crypto');

const show = (name, work) => {
  try {
    const result = work();
    console.log(name, result instanceof ArrayBuffer || Buffer.isBuffer(result) ? Buffer.from(result).toString('hex') : result);
  } catch (error) {
    console.log(name, '!', error.name, error.message, JSON.stringify(error));
  }
};
for (const digest of ['sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'md5', 'sha3-256', 'sha512-256', 'RSA-SHA512']) {
  for (const iterations of [1, 2, 1000]) {
    for (const length of [0, 1, 20, 64, 200]) show(`${digest} ${iterations} ${length}`, () => crypto.pbkdf2Sync('pässword', 'salt', iterations, length, digest));
  }
  show(`${digest} long`, () => crypto.pbkdf2Sync('p'.repeat(300), Buffer.alloc(500, 1), 3, 70, digest));
  show(`${digest} empty`, () => crypto.pbkdf2Sync('', '', 2, 10, digest));
  show(`${digest} hkdf`, () => crypto.hkdfSync(digest, 'key', 'salt', 'info', 50));
}
for (const options of [{}, { N: 1024, r: 8, p: 1 }, { N: 16, r: 1, p: 1 }, { N: 1024, r: 8, p: 16 }, { cost: 2, blockSize: 3, parallelization: 4 }]) {
  show(JSON.stringify(options), () => crypto.scryptSync('password', 'NaCl', 64, options));
}
show('N', () => crypto.scryptSync('a', 'b', 64, { N: 3 }));
show('memory', () => crypto.scryptSync('a', 'b', 64, { N: 2 ** 16 }));
show('both', () => crypto.scryptSync('a', 'b', 64, { N: 2, cost: 2 }));
show('digest', () => crypto.pbkdf2Sync('a', 'b', 1, 10, 'nope'));
show('iterations', () => crypto.pbkdf2Sync('a', 'b', 0, 10, 'sha1'));
show('no digest', () => crypto.pbkdf2Sync('a', 'b', 1, 10));
show('hkdf length', () => crypto.hkdfSync('sha256', 'a', 'b', 'c', 255 * 32 + 1));
show('empty key', () => crypto.scryptSync('', '', 10));
crypto.scrypt('a', 'b', 32, (error, key) => {
  console.log('scrypt', error, key.toString('hex'));
  crypto.pbkdf2('a', 'b', 100000, 32, 'sha512', (failed, other) => {
    console.log('pbkdf2', failed, other.toString('hex'));
    crypto.hkdf('sha1', 'a', 'b', 'c', 10, (wrong, last) => console.log('hkdf', wrong, last.byteLength));
  });
});
let ticks = 0;
const timer = setInterval(() => ticks++, 1);
crypto.scrypt('a', 'b', 32, { N: 2 ** 16, maxmem: 2 ** 28 }, () => {
  clearInterval(timer);
  console.log('the event loop ran', ticks > 3);
});
