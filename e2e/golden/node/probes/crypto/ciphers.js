const crypto = require('node:crypto');

const show = (name, work) => {
  try {
    const result = work();
    console.log(name, Buffer.isBuffer(result) ? result.toString('hex') : result);
  } catch (error) {
    console.log(name, '!', error.name, error.message, JSON.stringify(error));
  }
};
const data = Buffer.from('The quick brown fox jumps over the lazy dog, again and again and again.');
console.log(crypto.getCiphers().join());
console.log(crypto.getHashes().filter((name) => !/sm3/i.test(name)).join());
for (const name of crypto.getCiphers()) show(name, () => crypto.getCipherInfo(name));
for (const nid of [419, 895, 1018, 999999]) show(nid, () => crypto.getCipherInfo(nid));
show('iv length', () => crypto.getCipherInfo('aes-128-gcm', { ivLength: 20 }));
show('ccm iv length', () => crypto.getCipherInfo('aes-128-ccm', { ivLength: 14 }));

for (const bits of [128, 192, 256]) {
  const key = Buffer.alloc(bits / 8, 3);
  for (const mode of ['ecb', 'cbc', 'ctr', 'cfb', 'cfb8', 'ofb']) {
    const iv = mode === 'ecb' ? null : Buffer.alloc(16, 250);
    show(`aes-${bits}-${mode}`, () => {
      const cipher = crypto.createCipheriv(`aes-${bits}-${mode}`, key, iv);
      const parts = [cipher.update(data.subarray(0, 5)), cipher.update(data.subarray(5, 40)), cipher.update(data.subarray(40)), cipher.final()];
      const sealed = Buffer.concat(parts);
      const decipher = crypto.createDecipheriv(`AES-${bits}-${mode}`, key, iv);
      const open = Buffer.concat([decipher.update(sealed.subarray(0, 17)), decipher.update(sealed.subarray(17)), decipher.final()]);
      return [parts.map((part) => part.length).join(), sealed.toString('hex'), open.equals(data)];
    });
  }
  show(`wrap ${bits}`, () => {
    const cipher = crypto.createCipheriv(`aes${bits}-wrap`, key, Buffer.alloc(8, 0xa6));
    const sealed = Buffer.concat([cipher.update(Buffer.alloc(32, 5)), cipher.final()]);
    const decipher = crypto.createDecipheriv(`id-aes${bits}-wrap`, key, Buffer.alloc(8, 0xa6));
    return [sealed.toString('hex'), decipher.update(sealed).toString('hex')];
  });
}
const aead = [
  ['aes-128-gcm', 16, 12, {}],
  ['aes-256-gcm', 32, 20, { authTagLength: 12 }],
  ['id-aes192-GCM', 24, 1, {}],
  ['aes-128-ccm', 16, 12, { authTagLength: 16 }],
  ['aes-256-ccm', 32, 7, { authTagLength: 4 }],
  ['chacha20-poly1305', 32, 12, {}],
  ['chacha20-poly1305', 32, 12, { authTagLength: 12 }],
];
for (const [name, size, ivSize, options] of aead) {
  for (const aad of [undefined, Buffer.from('additional')]) {
    show(`${name} ${aad}`, () => {
      const [key, iv] = [Buffer.alloc(size, 9), Buffer.alloc(ivSize, 4)];
      const extra = { plaintextLength: data.length };
      const cipher = crypto.createCipheriv(name, key, iv, options);
      if (aad) cipher.setAAD(aad, extra);
      const sealed = Buffer.concat([cipher.update(data), cipher.final()]);
      const tag = cipher.getAuthTag();
      const decipher = crypto.createDecipheriv(name, key, iv, options);
      decipher.setAuthTag(tag);
      if (aad) decipher.setAAD(aad, extra);
      const open = Buffer.concat([decipher.update(sealed), decipher.final()]);
      return [sealed.toString('hex'), tag.toString('hex'), open.equals(data)];
    });
  }
  show(`${name} broken`, () => {
    const decipher = crypto.createDecipheriv(name, Buffer.alloc(size, 9), Buffer.alloc(ivSize, 4), options);
    decipher.setAuthTag(Buffer.alloc(options.authTagLength ?? 16));
    decipher.update(data);
    return decipher.final();
  });
  show(`${name} no tag`, () => {
    const decipher = crypto.createDecipheriv(name, Buffer.alloc(size, 9), Buffer.alloc(ivSize, 4), options);
    decipher.update(data);
    return decipher.final();
  });
}
show('chacha20', () => {
  const cipher = crypto.createCipheriv('chacha20', Buffer.alloc(32, 1), Buffer.alloc(16, 2));
  return Buffer.concat([cipher.update(data), cipher.update(data), cipher.final()]);
});
show('key', () => crypto.createCipheriv('aes-128-cbc', Buffer.alloc(3), Buffer.alloc(16)));
show('iv', () => crypto.createCipheriv('aes-128-cbc', Buffer.alloc(16), Buffer.alloc(3)));
show('no iv', () => crypto.createCipheriv('aes-128-cbc', Buffer.alloc(16), null));
show('undefined iv', () => crypto.createCipheriv('aes-128-cbc', Buffer.alloc(16)));
show('empty gcm iv', () => crypto.createCipheriv('aes-128-gcm', Buffer.alloc(16), Buffer.alloc(0)));
show('ecb iv', () => crypto.createCipheriv('aes-128-ecb', Buffer.alloc(16), Buffer.alloc(0)).final());
show('unknown', () => crypto.createCipheriv('nope', Buffer.alloc(16), null));
show('gcm tag', () => crypto.createCipheriv('aes-128-gcm', Buffer.alloc(16), Buffer.alloc(12), { authTagLength: 5 }));
show('ccm without tag', () => crypto.createCipheriv('aes-128-ccm', Buffer.alloc(16), Buffer.alloc(12)));
show('ccm tag', () => crypto.createCipheriv('aes-128-ccm', Buffer.alloc(16), Buffer.alloc(12), { authTagLength: 5 }));
show('ccm iv', () => crypto.createCipheriv('aes-128-ccm', Buffer.alloc(16), Buffer.alloc(2), { authTagLength: 4 }));
show('ccm aad', () => crypto.createCipheriv('aes-128-ccm', Buffer.alloc(16), Buffer.alloc(12), { authTagLength: 4 }).setAAD(data));
show('chacha tag', () => crypto.createCipheriv('chacha20-poly1305', Buffer.alloc(32), Buffer.alloc(12), { authTagLength: 17 }));
show('des', () => crypto.createCipheriv('des-cbc', Buffer.alloc(8), Buffer.alloc(8)));
show('final twice', () => {
  const cipher = crypto.createCipheriv('aes-128-cbc', Buffer.alloc(16), Buffer.alloc(16));
  cipher.final();
  cipher.final();
});
show('update after', () => {
  const cipher = crypto.createCipheriv('aes-128-cbc', Buffer.alloc(16), Buffer.alloc(16));
  cipher.final();
  cipher.update('x');
});
show('tag early', () => crypto.createCipheriv('aes-128-gcm', Buffer.alloc(16), Buffer.alloc(12)).getAuthTag());
show('tag of cbc', () => {
  const cipher = crypto.createCipheriv('aes-128-cbc', Buffer.alloc(16), Buffer.alloc(16));
  cipher.final();
  return cipher.getAuthTag();
});
show('bad padding', () => {
  const decipher = crypto.createDecipheriv('aes-128-cbc', Buffer.alloc(16), Buffer.alloc(16));
  decipher.update(Buffer.alloc(32));
  return decipher.final();
});
show('part of a block', () => crypto.createDecipheriv('aes-128-cbc', Buffer.alloc(16), Buffer.alloc(16)).update('xyz').length);
show('wrong length', () => {
  const decipher = crypto.createDecipheriv('aes-128-cbc', Buffer.alloc(16), Buffer.alloc(16));
  decipher.update('xyz');
  return decipher.final();
});
show('no padding', () => {
  const cipher = crypto.createCipheriv('aes-128-cbc', Buffer.alloc(16), Buffer.alloc(16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(Buffer.alloc(32)), cipher.final()]);
});
show('no padding, wrong length', () => {
  const cipher = crypto.createCipheriv('aes-128-cbc', Buffer.alloc(16), Buffer.alloc(16)).setAutoPadding(false);
  cipher.update('x');
  return cipher.final();
});
show('key length', () => crypto.getCipherInfo('aes-128-cbc', { keyLength: 12 }));
const stream = crypto.createCipheriv('aes-256-ctr', crypto.createSecretKey(Buffer.alloc(32)), 'sixteen bytes iv');
stream.setEncoding('base64');
stream.on('data', (chunk) => console.log('stream', chunk));
stream.end('streamed');
