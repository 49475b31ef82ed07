// files: fixed-keys.js
const crypto = require('node:crypto');
const { keys } = require('./fixed-keys.js');

const show = (name, work) => {
  try {
    const result = work();
    console.log(name, Buffer.isBuffer(result) ? result.toString('hex') : result);
  } catch (error) {
    console.log(name, '!', error.name, error.message, JSON.stringify(error));
  }
};
const secret = Buffer.alloc(32, 5);
for (const curve of ['prime256v1', 'secp256k1', 'secp384r1', 'secp521r1', 'P-256']) {
  show(curve, () => {
    const own = crypto.createECDH(curve);
    own.setPrivateKey(secret);
    const other = crypto.createECDH(curve);
    other.setPrivateKey(Buffer.alloc(20, 9));
    for (const form of ['compressed', 'hybrid', 'uncompressed', undefined]) {
      console.log(form, own.getPublicKey('hex', form), crypto.ECDH.convertKey(other.getPublicKey(), curve, undefined, 'base64', form));
    }
    console.log(own.getPrivateKey('hex'), other.getPrivateKey().length);
    const shared = own.computeSecret(other.getPublicKey(null, 'compressed'), undefined, 'hex');
    return [shared, shared === other.computeSecret(own.getPublicKey('base64'), 'base64', 'hex')];
  });
}
const ecdh = crypto.createECDH('prime256v1');
show('no key', () => ecdh.getPublicKey());
show('no private key', () => ecdh.getPrivateKey());
show('no pair', () => ecdh.computeSecret(Buffer.alloc(65)));
console.log(ecdh.generateKeys('hex', 'compressed').length, ecdh.generateKeys().length, ecdh.getPrivateKey().length);
show('bad point', () => ecdh.computeSecret(Buffer.alloc(65, 4)));
show('empty point', () => ecdh.computeSecret(''));
show('zero', () => ecdh.setPrivateKey(Buffer.alloc(32)));
show('large', () => ecdh.setPrivateKey(Buffer.alloc(33, 255)));
show('format', () => ecdh.getPublicKey('hex', 'nope'));
show('convert', () => crypto.ECDH.convertKey(Buffer.alloc(33, 255), 'prime256v1'));
show('curve', () => crypto.createECDH('nope'));
console.log(crypto.getCurves().length, crypto.getCurves().join());

for (const name of ['x25519', 'x448', 'P-256', 'P-521', 'dh']) {
  const key = crypto.createPrivateKey(keys[name]);
  show(name, () => crypto.diffieHellman({ privateKey: key, publicKey: crypto.createPublicKey(key) }));
}
show('other kinds', () => crypto.diffieHellman({ privateKey: crypto.createPrivateKey(keys.x25519), publicKey: crypto.createPublicKey(keys.x448) }));
show('ed', () => crypto.diffieHellman({ privateKey: crypto.createPrivateKey(keys.ed25519), publicKey: crypto.createPublicKey(keys.ed25519) }));
show('small order', () =>
  crypto.diffieHellman({
    privateKey: crypto.createPrivateKey(keys.x25519),
    publicKey: crypto.createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: Buffer.alloc(32).toString('base64url') }, format: 'jwk' }),
  }));

for (const name of ['modp1', 'modp2', 'modp5', 'modp14', 'modp15', 'modp16', 'modp17', 'modp18']) {
  const group = crypto.getDiffieHellman(name);
  console.log(name, crypto.createHash('sha256').update(group.getPrime()).digest('hex'), group.getGenerator('hex'), group.verifyError);
}
const dh = crypto.createDiffieHellman(crypto.getDiffieHellman('modp5').getPrime(), 2);
dh.setPrivateKey(Buffer.alloc(20, 3));
console.log(dh.generateKeys('hex'), dh.getPrivateKey('hex'), dh.verifyError, typeof dh.setPublicKey);
const peer = crypto.createDiffieHellmanGroup('MODP5');
show('no dh key', () => peer.getPublicKey());
show('no dh private key', () => peer.getPrivateKey());
show('no dh pair', () => peer.computeSecret(dh.getPublicKey()));
peer.generateKeys();
console.log(peer.computeSecret(dh.getPublicKey(), null, 'hex') === dh.computeSecret(peer.getPublicKey()).toString('hex'));
for (const key of [Buffer.from([0]), Buffer.from([1])]) show('dh small', () => peer.computeSecret(key));
show('dh group', () => crypto.getDiffieHellman('nope'));
show('dh size', () => crypto.createDiffieHellman(1));
show('dh generator', () => crypto.createDiffieHellman(Buffer.from([23]), 1));
show('dh check', () => crypto.createDiffieHellman(Buffer.from([23]), 2).verifyError);
show('dh not prime', () => crypto.createDiffieHellman(Buffer.from([24]), 2).verifyError);
show('dh type', () => crypto.createDiffieHellman({}));
show('dh 64', () => crypto.createDiffieHellman(64));
