// files: fixed-keys.js
const crypto = require('node:crypto');
const { keys, made } = require('./fixed-keys.js');

const data = Buffer.from('signed text');
for (const digest of ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha512-256', 'sha3-512', 'ripemd160', 'md5-sha1']) {
  const signature = crypto.createSign(digest).update('signed ').update('text').sign(keys.rsa, 'base64');
  console.log(digest, signature, crypto.createVerify(digest).update(data).verify(keys.rsa, signature, 'base64'));
}
console.log(crypto.sign(null, data, keys.ed25519).toString('hex'), crypto.sign(undefined, data, keys.ed448).toString('hex'));
console.log(crypto.sign(null, data, keys.rsa).equals(crypto.sign('sha256', data, keys.rsa)));
for (const name of ['P-256', 'P-384', 'P-521', 'secp256k1', 'brainpoolP256r1']) {
  const signature = Buffer.from(made[name], 'base64');
  console.log(name, crypto.verify('sha256', data, keys[name], signature), crypto.verify('sha1', data, keys[name], signature));
  for (const digest of ['sha1', 'sha256', 'sha512', 'shake256']) {
    const own = crypto.sign(digest, data, { key: keys[name], dsaEncoding: 'ieee-p1363' });
    console.log(digest, own.length, crypto.verify(digest, data, { key: keys[name], dsaEncoding: 'ieee-p1363' }, own), crypto.verify(digest, data, keys[name], own));
    own[3] ^= 1;
    console.log(crypto.verify(digest, data, { key: keys[name], dsaEncoding: 'ieee-p1363' }, own));
  }
  const twice = [1, 2].map(() => crypto.sign('sha256', data, keys[name]).toString('hex'));
  console.log('random', twice[0] !== twice[1], twice.map((each) => each.slice(0, 2)));
}
const { RSA_PKCS1_PSS_PADDING: padding, RSA_PSS_SALTLEN_DIGEST, RSA_PSS_SALTLEN_AUTO, RSA_PSS_SALTLEN_MAX_SIGN } = crypto.constants;
console.log(padding, RSA_PSS_SALTLEN_DIGEST, RSA_PSS_SALTLEN_AUTO, RSA_PSS_SALTLEN_MAX_SIGN);
const auto = Buffer.from(made.pssAuto, 'base64');
for (const saltLength of [undefined, RSA_PSS_SALTLEN_DIGEST, RSA_PSS_SALTLEN_AUTO, 48, 32, 0]) {
  const signature = crypto.sign('sha384', data, { key: keys.rsa, padding, saltLength });
  console.log(saltLength, signature.length, crypto.verify('sha384', data, { key: keys.rsa, padding, saltLength: RSA_PSS_SALTLEN_AUTO }, signature),
    crypto.verify('sha384', data, { key: keys.rsa, padding, saltLength }, auto), crypto.verify('sha384', data, { key: keys.rsa, padding, saltLength: 48 }, signature));
}
console.log(crypto.verify('sha256', data, keys.pss, Buffer.from(made.pss, 'base64')), crypto.verify('sha256', data, keys.pss, crypto.sign('sha256', data, keys.pss)));
const signer = crypto.createSign('RSA-SHA256');
signer.write('signed ');
signer.end('text');
console.log(signer.sign(crypto.createPrivateKey(keys.rsa), 'hex').slice(0, 32));
crypto.sign('sha256', data, keys.rsa, (error, signature) => {
  console.log('callback', error, signature.toString('hex').slice(0, 32));
  crypto.verify('sha256', data, crypto.createPublicKey(keys.rsa), signature, (failed, right) => console.log('callback', failed, right));
});
crypto.sign('sha512', data, { key: keys.rsa, padding: 6, saltLength: 1000 }, (error) => console.log('callback', error.message, error.code));

console.log(crypto.privateDecrypt({ key: keys.rsa, oaepHash: 'sha256', oaepLabel: Buffer.from('label') }, Buffer.from(made.oaep, 'base64')).toString());
for (const options of [{}, { padding: 1 }, { oaepHash: 'sha512' }, { oaepHash: 'md5', oaepLabel: Buffer.alloc(3) }]) {
  const sealed = crypto.publicEncrypt({ key: keys.rsa, ...options }, data);
  if (options.padding !== 1) console.log(sealed.length, crypto.privateDecrypt({ key: keys.rsa, ...options }, sealed).toString());
}
const plain = Buffer.alloc(256, 7);
console.log(crypto.publicEncrypt({ key: keys.rsa, padding: 3 }, plain).toString('base64').slice(0, 40));
console.log(crypto.privateDecrypt({ key: keys.rsa, padding: 3 }, crypto.publicEncrypt({ key: keys.rsa, padding: 3 }, plain)).equals(plain));
const signed = crypto.privateEncrypt(keys.rsa, data);
console.log(signed.toString('base64'), crypto.publicDecrypt(keys.rsa, signed).toString());
