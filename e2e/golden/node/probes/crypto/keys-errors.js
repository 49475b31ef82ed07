const crypto = require('node:crypto');

const show = (name, work) => {
  try {
    const result = work();
    console.log(name, '->', Buffer.isBuffer(result) ? `Buffer(${result.length})` : String(result));
  } catch (error) {
    console.log(name, '!', error.name, error.message, JSON.stringify(error));
  }
};
const rsa = crypto.generateKeyPairSync('rsa', { modulusLength: 1024 });
const ec = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed = crypto.generateKeyPairSync('ed25519');
const x = crypto.generateKeyPairSync('x25519');
const pem = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' });
const pub = rsa.publicKey.export({ type: 'spki', format: 'pem' });
const block = (label, body = 'AAAA') => `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;
const data = Buffer.from('data');

for (const text of ['garbage', '', pub, block('FOO'), block('PRIVATE KEY'), block('PRIVATE KEY', '!!!'), block('RSA PRIVATE KEY'), block('EC PRIVATE KEY'), pem.slice(0, 100)]) {
  show('private', () => crypto.createPrivateKey(text));
}
for (const text of ['garbage', '', block('FOO'), block('PUBLIC KEY'), block('PUBLIC KEY', '!!!'), block('RSA PUBLIC KEY'), block('CERTIFICATE'), pub.slice(0, 100)]) {
  show('public', () => crypto.createPublicKey(text));
}
show('private undefined', () => crypto.createPrivateKey(undefined));
show('private object', () => crypto.createPrivateKey({ key: 1 }));
show('private key object', () => crypto.createPrivateKey(rsa.privateKey));
show('public of public', () => crypto.createPublicKey(rsa.publicKey));
show('der pkcs8', () => crypto.createPrivateKey({ key: Buffer.from('xxxx'), format: 'der', type: 'pkcs8' }));
for (const type of ['spki', 'pkcs1']) {
  show(`der ${type}`, () => crypto.createPublicKey({ key: Buffer.from('xxxx'), format: 'der', type }));
  show(`der empty ${type}`, () => crypto.createPublicKey({ key: Buffer.alloc(0), format: 'der', type }));
}
const encrypted = rsa.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'pw' });
show('no passphrase', () => crypto.createPrivateKey(encrypted));
show('wrong passphrase', () => crypto.createPrivateKey({ key: encrypted, passphrase: 'nope' }));
show('right passphrase', () => crypto.createPrivateKey({ key: encrypted, passphrase: 'pw' }).equals(rsa.privateKey));
const legacy = rsa.privateKey.export({ type: 'pkcs1', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'pw' });
console.log(legacy.split('\n').slice(0, 2), legacy.split('\n')[2].slice(0, 21));
show('no passphrase', () => crypto.createPrivateKey(legacy));
show('wrong passphrase', () => crypto.createPrivateKey({ key: legacy, passphrase: 'nope' }));
show('right passphrase', () => crypto.createPrivateKey({ key: legacy, passphrase: 'pw' }).equals(rsa.privateKey));
show('unknown cipher', () => rsa.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'nope', passphrase: 'pw' }));
show('cipher without passphrase', () => rsa.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc' }));
show('jwk with passphrase', () => rsa.privateKey.export({ format: 'jwk', passphrase: 'pw' }));
show('no type', () => rsa.publicKey.export({ format: 'pem' }));
show('no options', () => rsa.publicKey.export());
show('sec1 of ed', () => ed.privateKey.export({ format: 'pem', type: 'sec1' }));
show('pkcs1 of ec', () => ec.publicKey.export({ format: 'pem', type: 'pkcs1' }));

show('createSign unknown', () => crypto.createSign('nope'));
show('createVerify unknown', () => crypto.createVerify('nope'));
show('sign unknown', () => crypto.sign('nope', data, rsa.privateKey));
show('sign no key', () => crypto.createSign('sha256').update('a').sign());
show('sign garbage', () => crypto.createSign('sha256').update('a').sign('garbage'));
show('sign with public', () => crypto.createSign('sha256').update('a').sign(rsa.publicKey));
show('sign with public pem', () => crypto.createSign('sha256').update('a').sign(pub));
show('sign with secret', () => crypto.sign('sha256', data, crypto.createSecretKey(data)));
show('stream ed', () => crypto.createSign('sha256').update('a').sign(ed.privateKey));
show('stream verify ed', () => crypto.createVerify('sha256').update('a').verify(ed.publicKey, data));
show('ed with digest', () => crypto.sign('sha256', data, ed.privateKey));
show('x25519', () => crypto.sign(null, data, x.privateKey));
show('x25519 verify', () => crypto.verify(null, data, x.publicKey, data));
show('x25519 stream', () => crypto.createSign('sha256').update('a').sign(x.privateKey));
show('rsa without digest', () => crypto.sign(null, data, rsa.privateKey));
show('twice', () => {
  const sign = crypto.createSign('sha256').update('a');
  sign.sign(rsa.privateKey);
  sign.sign(rsa.privateKey);
});
show('update after', () => {
  const sign = crypto.createSign('sha256').update('a');
  sign.sign(rsa.privateKey);
  sign.update('b');
});
show('verify twice', () => {
  const verify = crypto.createVerify('sha256').update('a');
  verify.verify(rsa.publicKey, data);
  verify.verify(rsa.publicKey, data);
});
show('verify short', () => crypto.createVerify('sha256').update('a').verify(rsa.publicKey, data));
show('verify ec garbage', () => crypto.createVerify('sha256').update('a').verify(ec.publicKey, data));
show('verify p1363 length', () =>
  crypto.createVerify('sha256').update('a').verify({ key: ec.publicKey, dsaEncoding: 'ieee-p1363' }, data));
show('verify p1363 length at once', () =>
  crypto.verify('sha256', data, { key: ec.publicKey, dsaEncoding: 'ieee-p1363' }, data));
show('dsaEncoding', () => crypto.sign('sha256', data, { key: ec.privateKey, dsaEncoding: 'nope' }));
for (const saltLength of [100, -3, -4]) {
  show(`salt ${saltLength}`, () => crypto.sign('sha512', data, { key: rsa.privateKey, padding: 6, saltLength }));
}
for (const padding of [99, 3]) show(`padding ${padding}`, () => crypto.sign('sha512', data, { key: rsa.privateKey, padding }));
const small = crypto.generateKeyPairSync('rsa', { modulusLength: 512 });
show('small', () => crypto.sign('sha512', data, small.privateKey));
show('small pss', () => crypto.sign('sha512', data, { key: small.privateKey, padding: 6, saltLength: 64 }));
for (const digest of ['shake256', 'blake2b512', 'sha3-256', 'md5', 'md5-sha1', 'ripemd160', 'RSA-SHA384']) {
  show(`sign ${digest}`, () => crypto.sign(digest, data, rsa.privateKey));
}

show('encrypt long', () => crypto.publicEncrypt(rsa.publicKey, Buffer.alloc(200)));
show('encrypt long pkcs1', () => crypto.publicEncrypt({ key: rsa.publicKey, padding: 1 }, Buffer.alloc(200)));
show('encrypt short raw', () => crypto.publicEncrypt({ key: rsa.publicKey, padding: 3 }, Buffer.alloc(20)));
show('encrypt long raw', () => crypto.publicEncrypt({ key: rsa.publicKey, padding: 3 }, Buffer.alloc(200)));
show('encrypt large raw', () => crypto.publicEncrypt({ key: rsa.publicKey, padding: 3 }, Buffer.alloc(128, 255)));
show('encrypt padding', () => crypto.publicEncrypt({ key: rsa.publicKey, padding: 9 }, data));
show('encrypt hash', () => crypto.publicEncrypt({ key: rsa.publicKey, oaepHash: 'nope' }, data));
show('encrypt ec', () => crypto.publicEncrypt(ec.publicKey, data));
show('decrypt garbage', () => crypto.privateDecrypt(rsa.privateKey, Buffer.alloc(128, 1)));
show('decrypt short', () => crypto.privateDecrypt(rsa.privateKey, Buffer.alloc(12)));
show('decrypt long', () => crypto.privateDecrypt(rsa.privateKey, Buffer.alloc(300, 1)));
show('decrypt pkcs1', () => crypto.privateDecrypt({ key: rsa.privateKey, padding: 1 }, Buffer.alloc(128, 1)));
show('decrypt public', () => crypto.privateDecrypt(rsa.publicKey, Buffer.alloc(128, 1)));
show('recover garbage', () => crypto.publicDecrypt(rsa.publicKey, Buffer.alloc(128, 1)));
show('recover short', () => crypto.publicDecrypt(rsa.publicKey, Buffer.alloc(12, 1)));
show('privateEncrypt long', () => crypto.privateEncrypt(rsa.privateKey, Buffer.alloc(128, 1)));
for (const padding of [4, 5, 6]) {
  show(`privateEncrypt ${padding}`, () => crypto.privateEncrypt({ key: rsa.privateKey, padding }, data));
}

show('curve', () => crypto.generateKeyPairSync('ec', { namedCurve: 'nope' }));
show('type', () => crypto.generateKeyPairSync('nope', {}));
show('bits', () => crypto.generateKeyPairSync('rsa', { modulusLength: 100 }));
show('even exponent', () => crypto.generateKeyPairSync('rsa', { modulusLength: 512, publicExponent: 4 }));
show('pss hash', () => crypto.generateKeyPairSync('rsa-pss', { modulusLength: 512, hashAlgorithm: 'nope' }));
show('no modulusLength', () => crypto.generateKeyPairSync('rsa', {}));
show('jwk off curve', () => crypto.createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: 'AAAA', y: 'AAAA' }, format: 'jwk' }));
show('jwk kty', () => crypto.createPublicKey({ key: { kty: 'oct', k: 'AAAA' }, format: 'jwk' }));
show('jwk okp', () => crypto.createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: 'AAAA' }, format: 'jwk' }));
show('jwk without d', () => crypto.createPrivateKey({ key: rsa.publicKey.export({ format: 'jwk' }), format: 'jwk' }));
show('jwk curve', () => crypto.generateKeyPairSync('ec', { namedCurve: 'secp224r1' }).publicKey.export({ format: 'jwk' }));
const pss = crypto.generateKeyPairSync('rsa-pss', { modulusLength: 1024, hashAlgorithm: 'sha256', saltLength: 16 });
show('jwk pss', () => pss.publicKey.export({ format: 'jwk' }));
show('pss other hash', () => crypto.sign('sha1', data, pss.privateKey));
show('pss salt', () => crypto.sign('sha256', data, { key: pss.privateKey, saltLength: 10 }));
show('pss pkcs1', () => crypto.sign('sha256', data, { key: pss.privateKey, padding: 1 }));
show('pss encrypt', () => crypto.publicEncrypt(pss.publicKey, data));
