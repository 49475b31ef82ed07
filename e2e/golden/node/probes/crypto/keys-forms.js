// files: fixed-keys.js
const crypto = require('node:crypto');
const { keys } = require('./fixed-keys.js');

const attempt = (work) => {
  try {
    const result = work();
    if (Buffer.isBuffer(result)) return result.toString('base64');
    return result;
  } catch (error) {
    return `${error.name} ${error.code} ${error.message}`;
  }
};
for (const [name, pem] of Object.entries(keys)) {
  const key = crypto.createPrivateKey({ key: pem, passphrase: 'secret' });
  const open = crypto.createPublicKey(key);
  console.log('==', name, key.type, key.asymmetricKeyType, key.asymmetricKeyDetails, open.type, open.symmetricKeySize);
  for (const type of ['pkcs8', 'pkcs1', 'sec1']) {
    for (const format of ['pem', 'der']) console.log(type, format, attempt(() => key.export({ type, format })));
  }
  for (const type of ['spki', 'pkcs1']) {
    for (const format of ['pem', 'der']) console.log(type, format, attempt(() => open.export({ type, format })));
  }
  console.log('jwk', attempt(() => key.export({ format: 'jwk' })), attempt(() => open.export({ format: 'jwk' })));
  const again = attempt(() => crypto.createPrivateKey({ key: key.export({ format: 'jwk' }), format: 'jwk' }).equals(key));
  const openAgain = attempt(() => crypto.createPublicKey({ key: key.export({ format: 'jwk' }), format: 'jwk' }).equals(open));
  console.log('round trip', again, openAgain, key.equals(key), open.equals(key), open.equals(crypto.createPublicKey(pem.includes('ENCRYPTED') ? { key: pem, passphrase: 'secret' } : pem)));
  for (const cipher of ['aes-128-cbc', 'aes256']) {
    const sealed = attempt(() => key.export({ type: 'pkcs8', format: 'pem', cipher, passphrase: 'other' }));
    console.log('sealed', sealed.length, attempt(() => crypto.createPrivateKey({ key: sealed, passphrase: 'other' }).equals(key)));
    const der = attempt(() => key.export({ type: 'pkcs8', format: 'der', cipher, passphrase: Buffer.from('other') }));
    console.log('sealed der', attempt(() => crypto.createPrivateKey({ key: Buffer.from(der, 'base64'), format: 'der', type: 'pkcs8', passphrase: 'other' }).equals(key)));
  }
}
const secret = crypto.createSecretKey('00ff', 'hex');
console.log(secret, secret.type, secret.symmetricKeySize, secret.asymmetricKeyType, secret.export(), secret.export({ format: 'jwk' }));
console.log(secret.equals(crypto.createSecretKey(Buffer.from([0, 255]))), crypto.createSecretKey(Buffer.alloc(0)).symmetricKeySize);
console.log(attempt(() => secret.export({ format: 'pem' })), attempt(() => crypto.createSecretKey(1)), attempt(() => crypto.KeyObject.from({})));
for (const [type, options] of [['hmac', { length: 64 }], ['aes', { length: 256 }], ['aes', { length: 100 }], ['nope', {}], ['hmac', { length: 1 }]]) {
  console.log(type, attempt(() => crypto.generateKeySync(type, options).symmetricKeySize));
}
crypto.generateKey('hmac', { length: 72 }, (error, key) => console.log('generateKey', error, key.export().length));
for (const [type, options] of [
  ['rsa', { modulusLength: 1024, publicExponent: 3 }],
  ['rsa', { modulusLength: 1025 }],
  ['rsa-pss', { modulusLength: 1024, hashAlgorithm: 'sha512', mgf1HashAlgorithm: 'sha1', saltLength: 7 }],
  ['rsa-pss', { modulusLength: 512, hashAlgorithm: 'sha256' }],
  ['ec', { namedCurve: 'P-256' }],
  ['ec', { namedCurve: 'secp384r1', paramEncoding: 'explicit' }],
  ['ed25519'],
  ['x448'],
  ['dh', { group: 'modp5' }],
  ['dh', { prime: crypto.getDiffieHellman('modp1').getPrime(), generator: 5 }],
]) {
  const { publicKey, privateKey } = crypto.generateKeyPairSync(type, options);
  console.log(type, publicKey.asymmetricKeyType, privateKey.asymmetricKeyDetails, crypto.createPublicKey(privateKey).equals(publicKey));
}
const encoded = crypto.generateKeyPairSync('ec', {
  namedCurve: 'P-256',
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'top' },
});
console.log(encoded.publicKey.length, encoded.privateKey.split('\n')[0]);
const mixed = crypto.generateKeyPairSync('ed25519', { publicKeyEncoding: { format: 'jwk' }, privateKeyEncoding: { type: 'pkcs8', format: 'der' } });
console.log(Object.keys(mixed.publicKey), mixed.privateKey.length);
crypto.generateKeyPair('rsa', { modulusLength: 512 }, (error, publicKey, privateKey) => console.log('pair', error, publicKey.type, privateKey.type));
crypto.generateKeyPair('rsa', { modulusLength: 100 }, (error) => console.log('bad pair', error.message, error.code));
require('node:util').promisify(crypto.generateKeyPair)('x25519').then((pair) => console.log(Object.keys(pair)));
