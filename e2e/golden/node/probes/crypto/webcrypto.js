const { subtle } = globalThis.crypto;
const { webcrypto } = require('node:crypto');

const text = (value) => (value instanceof ArrayBuffer ? Buffer.from(value).toString('hex') : value);
const show = async (name, work) => {
  try {
    console.log(name, text(await work()));
  } catch (error) {
    console.log(name, '!', error.name, error.message, error.code, error.cause?.message, error.cause?.code);
  }
};
const data = Buffer.from('some data');

(async () => {
  console.log(webcrypto === globalThis.crypto, Object.prototype.toString.call(webcrypto), subtle.constructor.name);
  for (const hash of ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512', 'MD5']) await show(hash, () => subtle.digest(hash, data));
  await show('uuid', () => globalThis.crypto.randomUUID().length);
  await show('values', () => globalThis.crypto.getRandomValues(new Uint16Array(4)).length);
  await show('quota', () => globalThis.crypto.getRandomValues(new Uint8Array(70000)));
  await show('float', () => globalThis.crypto.getRandomValues(new Float32Array(4)));

  for (const hash of ['SHA-256', 'SHA-512']) {
    const key = await subtle.importKey('raw', Buffer.alloc(40, 3), { name: 'HMAC', hash }, true, ['sign', 'verify']);
    console.log(key);
    const signature = await subtle.sign('HMAC', key, data);
    await show('hmac', () => signature);
    await show('verify', () => subtle.verify('HMAC', key, signature, data));
    await show('verify', () => subtle.verify('HMAC', key, signature.slice(1), data));
    await show('jwk', () => subtle.exportKey('jwk', key));
  }
  for (const [name, parameters] of [
    ['AES-CBC', { iv: Buffer.alloc(16, 1) }],
    ['AES-CTR', { counter: Buffer.alloc(16, 255), length: 64 }],
    ['AES-CTR', { counter: Buffer.alloc(16, 255), length: 3 }],
    ['AES-GCM', { iv: Buffer.alloc(12, 1) }],
    ['AES-GCM', { iv: Buffer.alloc(20, 1), additionalData: data, tagLength: 96 }],
  ]) {
    for (const size of [16, 24, 32]) {
      const key = await subtle.importKey('raw', Buffer.alloc(size, 7), name, true, ['encrypt', 'decrypt']);
      await show(`${name} ${size}`, async () => {
        const sealed = await subtle.encrypt({ name, ...parameters }, key, Buffer.alloc(40, 6));
        const open = await subtle.decrypt({ name, ...parameters }, key, sealed);
        return [text(sealed), text(open)];
      });
    }
  }
  const gcm = await subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  console.log(gcm);
  await show('gcm broken', () => subtle.decrypt({ name: 'AES-GCM', iv: Buffer.alloc(12) }, gcm, Buffer.alloc(40)));
  await show('gcm short', () => subtle.decrypt({ name: 'AES-GCM', iv: Buffer.alloc(12) }, gcm, Buffer.alloc(4)));
  await show('not extractable', () => subtle.exportKey('raw', gcm));
  await show('usage', () => subtle.sign('HMAC', gcm, data));
  await show('ctr wraps', async () => {
    const key = await subtle.importKey('raw', Buffer.alloc(16), 'AES-CTR', true, ['encrypt']);
    return subtle.encrypt({ name: 'AES-CTR', counter: Buffer.alloc(16), length: 1 }, key, Buffer.alloc(100));
  });
  const wrapper = await subtle.importKey('raw', Buffer.alloc(24, 9), 'AES-KW', true, ['wrapKey', 'unwrapKey']);
  await show('wrap', async () => {
    const inner = await subtle.importKey('raw', Buffer.alloc(32, 8), 'AES-CBC', true, ['encrypt']);
    const wrapped = await subtle.wrapKey('raw', inner, wrapper, 'AES-KW');
    const again = await subtle.unwrapKey('raw', wrapped, wrapper, 'AES-KW', 'AES-CBC', true, ['encrypt']);
    return [text(wrapped), text(await subtle.exportKey('raw', again))];
  });
  await show('unwrap broken', () =>
    subtle.unwrapKey('raw', Buffer.alloc(40), wrapper, 'AES-KW', 'AES-CBC', true, ['encrypt']),
  );

  const password = await subtle.importKey('raw', Buffer.from('password'), 'PBKDF2', false, ['deriveBits', 'deriveKey']);
  await show('pbkdf2', () => subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: data, iterations: 1000 }, password, 256));
  await show('pbkdf2 0', () => subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: data, iterations: 0 }, password, 256));
  await show('pbkdf2 odd', () => subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: data, iterations: 1 }, password, 5));
  const secret = await subtle.importKey('raw', Buffer.from('secret'), 'HKDF', false, ['deriveBits', 'deriveKey']);
  await show('hkdf', () => subtle.deriveBits({ name: 'HKDF', hash: 'SHA-384', salt: data, info: data }, secret, 512));
  await show('derived', async () => {
    const key = await subtle.deriveKey({ name: 'HKDF', hash: 'SHA-1', salt: data, info: data }, secret, { name: 'AES-GCM', length: 128 }, true, ['encrypt']);
    return subtle.exportKey('raw', key);
  });

  for (const [algorithm, usages, sign] of [
    [{ name: 'RSASSA-PKCS1-v1_5', modulusLength: 1024, publicExponent: Buffer.from([1, 0, 1]), hash: 'SHA-256' }, ['sign', 'verify'], {}],
    [{ name: 'RSA-PSS', modulusLength: 1024, publicExponent: Buffer.from([1, 0, 1]), hash: 'SHA-256' }, ['sign', 'verify'], { saltLength: 32 }],
    [{ name: 'ECDSA', namedCurve: 'P-256' }, ['sign', 'verify'], { hash: 'SHA-256' }],
    [{ name: 'ECDSA', namedCurve: 'P-384' }, ['sign', 'verify'], { hash: 'SHA-384' }],
    [{ name: 'ECDSA', namedCurve: 'P-521' }, ['sign', 'verify'], { hash: 'SHA-512' }],
    [{ name: 'Ed25519' }, ['sign', 'verify'], {}],
  ]) {
    await show(algorithm.name, async () => {
      const { publicKey, privateKey } = await subtle.generateKey(algorithm, true, usages);
      console.log(publicKey, privateKey);
      const signature = await subtle.sign({ name: algorithm.name, ...sign }, privateKey, data);
      const right = await subtle.verify({ name: algorithm.name, ...sign }, publicKey, signature, data);
      const wrong = await subtle.verify({ name: algorithm.name, ...sign }, publicKey, signature, Buffer.from('other'));
      const jwk = await subtle.exportKey('jwk', privateKey);
      const again = await subtle.importKey('jwk', jwk, algorithm, true, ['sign']);
      const spki = await subtle.exportKey('spki', publicKey);
      const open = await subtle.importKey('spki', spki, algorithm, true, ['verify']);
      const pkcs8 = await subtle.exportKey('pkcs8', again);
      const byAgain = await subtle.sign({ name: algorithm.name, ...sign }, await subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']), data);
      return [signature.byteLength, right, wrong, Object.keys(jwk).join(), spki.byteLength, await subtle.verify({ name: algorithm.name, ...sign }, open, byAgain, data)];
    });
  }
  await show('oaep', async () => {
    const { publicKey, privateKey } = await subtle.generateKey({ name: 'RSA-OAEP', modulusLength: 1024, publicExponent: Buffer.from([1, 0, 1]), hash: 'SHA-256' }, true, ['encrypt', 'decrypt']);
    const sealed = await subtle.encrypt({ name: 'RSA-OAEP', label: data }, publicKey, data);
    return [sealed.byteLength, Buffer.from(await subtle.decrypt({ name: 'RSA-OAEP', label: data }, privateKey, sealed)).toString()];
  });
  for (const algorithm of [{ name: 'ECDH', namedCurve: 'P-256' }, { name: 'ECDH', namedCurve: 'P-521' }, { name: 'X25519' }]) {
    await show(algorithm.name, async () => {
      const [a, b] = [await subtle.generateKey(algorithm, true, ['deriveBits', 'deriveKey']), await subtle.generateKey(algorithm, true, ['deriveBits'])];
      const raw = await subtle.exportKey('raw', b.publicKey);
      const open = await subtle.importKey('raw', raw, algorithm, true, []);
      const first = await subtle.deriveBits({ name: algorithm.name, public: open }, a.privateKey, null);
      const second = await subtle.deriveBits({ name: algorithm.name, public: a.publicKey }, b.privateKey, 128);
      const key = await subtle.deriveKey({ name: algorithm.name, public: open }, a.privateKey, { name: 'AES-CBC', length: 128 }, true, ['encrypt']);
      return [raw.byteLength, first.byteLength, text(first).startsWith(text(second)), text(await subtle.exportKey('raw', key)) === text(second)];
    });
  }
  await show('curve', () => subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-224' }, true, ['sign']));
  await show('empty usages', () => subtle.generateKey({ name: 'AES-CBC', length: 128 }, true, []));
  await show('bad usages', () => subtle.generateKey({ name: 'AES-CBC', length: 128 }, true, ['sign']));
  await show('algorithm', () => subtle.generateKey({ name: 'NOPE' }, true, ['sign']));
  await show('bad raw', () => subtle.importKey('raw', Buffer.alloc(65, 4), { name: 'ECDSA', namedCurve: 'P-256' }, true, ['verify']));
  await show('bad spki', () => subtle.importKey('spki', Buffer.from('xxxx'), { name: 'ECDSA', namedCurve: 'P-256' }, true, ['verify']));
  await show('bad pkcs8', () => subtle.importKey('pkcs8', Buffer.from('xxxx'), { name: 'Ed25519' }, true, ['sign']));
  await show('bad jwk', () => subtle.importKey('jwk', { kty: 'RSA' }, { name: 'RSA-PSS', hash: 'SHA-256' }, true, ['verify']));
  await show('bad aes', () => subtle.importKey('raw', Buffer.alloc(5), 'AES-CBC', true, ['encrypt']));
})();
