import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { hashingCore } from '../../../../scripts/engines/hashing-cores.mjs';
import { bundleExpression, libraryLoader, runPinned } from '../testing/pinned-node.ts';

type Crypto = typeof import('node:crypto');

/**
 * Calls much of `node:crypto` and writes down every result or error. Runs, as text, in the pinned Node: once over
 * its own binding, once over ours.
 */
async function exercise(crypto: Crypto, hashes: string[]): Promise<Record<string, unknown>> {
  const results: Record<string, unknown> = {};
  const show = (value: unknown): unknown => {
    if (value instanceof ArrayBuffer) return `ab:${Buffer.from(value).toString('hex')}`;
    if (ArrayBuffer.isView(value)) {
      return `${value.constructor.name}:${Buffer.from(value.buffer as ArrayBuffer, value.byteOffset, value.byteLength).toString('hex')}`;
    }
    if (Array.isArray(value)) return value.map(show);
    return value;
  };
  const note = async (name: string, call: () => unknown): Promise<void> => {
    try {
      results[name] = show((await call()) ?? null);
    } catch (error) {
      const { name: kind, message, code } = error as Error & { code?: string };
      results[name] = { kind, message, code: code ?? null, keys: Object.keys(error as object) };
    }
  };
  const later = <T>(start: (done: (error: unknown, value: T) => void) => void): Promise<T> =>
    new Promise((resolve, reject) =>
      start((error, value) => (error ? reject(error as Error) : resolve(value))),
    );
  const data = Buffer.from('Straße — 私'.repeat(50));
  const key = Buffer.alloc(32, 7);
  const iv = Buffer.alloc(16, 9);

  for (const name of hashes) {
    await note(`hash ${name}`, () =>
      crypto.createHash(name).update(data).update('more', 'latin1').digest('hex'),
    );
    await note(`upper ${name}`, () => crypto.createHash(name.toUpperCase()).digest('base64'));
    if (!/^(shake|md5-sha1)/.test(name)) {
      await note(`hmac ${name}`, () => crypto.createHmac(name, 'key').update(data).digest('base64url'));
    }
  }
  await note('hash copy', () => {
    const hash = crypto.createHash('sha256').update('a');
    const copy = hash.copy();
    return [hash.update('b').digest(), copy.digest('binary')];
  });
  await note('hash twice', () => {
    const hash = crypto.createHash('sha256');
    hash.digest();
    return hash.digest();
  });
  await note('hash as stream', () => {
    const hash = crypto.createHash('sha1');
    hash.end('streamed');
    return later((done) => hash.on('readable', () => done(null, hash.read())));
  });
  await note('hash encodings', () =>
    (['hex', 'base64', 'utf8', 'latin1', 'ucs2', undefined] as const).map((encoding) =>
      crypto
        .createHash('md5')
        .update('6869', encoding ?? 'hex')
        .digest(),
    ),
  );
  await note('hash unknown', () => crypto.createHash('nope'));
  await note('hash length', () => crypto.createHash('sha256', { outputLength: 10 }));
  await note('shake length', () =>
    crypto.createHash('shake256', { outputLength: 70 }).update('x').digest('hex'),
  );
  await note('hash number', () => crypto.createHash('sha256').update(1 as unknown as string));
  await note('one shot', () => (crypto as unknown as { hash(...a: string[]): string }).hash('sha1', 'x'));
  await note('one shot unknown', () =>
    (crypto as unknown as { hash(...a: string[]): string }).hash('nope', 'x'),
  );
  await note('hmac unknown', () => crypto.createHmac('nope', 'key'));
  await note('hmac key object', () =>
    crypto.createHmac('sha256', crypto.createSecretKey(key)).update('x').digest('hex'),
  );
  await note('hmac long key', () =>
    crypto.createHmac('sha512', Buffer.alloc(300, 1)).update('x').digest('hex'),
  );

  for (const name of ['sha1', 'sha256', 'sha512']) {
    await note(`pbkdf2 ${name}`, () => crypto.pbkdf2Sync('password', 'salt', 1000, 64, name));
    await note(`pbkdf2 later ${name}`, () =>
      later((done) => crypto.pbkdf2('password', 'salt', 10, 20, name, done)),
    );
    await note(`hkdf ${name}`, () => crypto.hkdfSync(name, 'key', 'salt', 'info', 80));
  }
  await note('hkdf later', () => later((done) => crypto.hkdf('sha256', 'key', 'salt', 'info', 8, done)));
  await note('hkdf too long', () => crypto.hkdfSync('sha1', 'key', 'salt', 'info', 10_000));
  await note('pbkdf2 unknown', () => crypto.pbkdf2Sync('password', 'salt', 1, 10, 'nope'));
  await note('pbkdf2 bad', () => crypto.pbkdf2Sync('password', 'salt', 0, 10, 'sha1'));
  await note('scrypt', () => crypto.scryptSync('password', 'salt', 64, { N: 1024 }));
  await note('scrypt later', () =>
    later((done) => crypto.scrypt('password', 'salt', 32, { N: 16, r: 1, p: 2 }, done)),
  );
  await note('scrypt bad', () => crypto.scryptSync('password', 'salt', 32, { N: 3 }));
  await note('scrypt memory', () => crypto.scryptSync('password', 'salt', 32, { N: 2 ** 20 }));

  await note('random', () => [
    crypto.randomBytes(70_000).length,
    crypto.randomUUID().length,
    crypto.randomInt(5, 6),
  ]);
  await note('random later', async () => (await later<Buffer>((done) => crypto.randomBytes(8, done))).length);
  await note('random fill', () => crypto.randomFillSync(Buffer.alloc(9), 3, 0));
  await note('random differs', () => crypto.randomBytes(16).equals(crypto.randomBytes(16)));
  await note('timing', () => [
    crypto.timingSafeEqual(key, key),
    crypto.timingSafeEqual(key, Buffer.alloc(32)),
  ]);
  await note('timing length', () => crypto.timingSafeEqual(key, iv));
  await note('timing type', () => crypto.timingSafeEqual('a' as unknown as Buffer, iv));

  await note('secret key', () => {
    const secret = crypto.createSecretKey(key);
    return [
      secret.type,
      secret.symmetricKeySize,
      secret.export(),
      secret.export({ format: 'jwk' }),
      secret.equals(crypto.createSecretKey(iv)),
    ];
  });
  await note('generated key', () => crypto.generateKeySync('hmac', { length: 130 }).symmetricKeySize);
  await note('private from a secret', () => crypto.createPrivateKey('just a secret'));
  await note('public from a secret', () => crypto.createPublicKey(Buffer.from('just a secret')));

  for (const mode of [
    'aes-128-cbc',
    'aes-192-cbc',
    'aes-256-cbc',
    'aes-256-ecb',
    'aes-128-ctr',
    'aes-256-gcm',
    'aes192',
  ]) {
    await note(`cipher ${mode}`, () => {
      const info = crypto.getCipherInfo(mode);
      if (info === undefined) return 'unknown';
      const vector = info.ivLength === undefined ? null : iv.subarray(0, info.ivLength);
      const cipher = crypto.createCipheriv(mode, key.subarray(0, info.keyLength), vector);
      const authenticated = cipher as ReturnType<typeof crypto.createCipheriv> & {
        setAAD(b: Buffer): void;
        getAuthTag(): Buffer;
      };
      if (info.mode === 'gcm') authenticated.setAAD(Buffer.from('additional'));
      const parts = [
        cipher.update(data.subarray(0, 5)),
        cipher.update(data.subarray(5, 40)),
        cipher.update(data.subarray(40)),
        cipher.final(),
      ];
      const decipher = crypto.createDecipheriv(mode, key.subarray(0, info.keyLength), vector);
      const checked = decipher as typeof decipher & { setAAD(b: Buffer): void; setAuthTag(b: Buffer): void };
      if (info.mode === 'gcm') {
        checked.setAAD(Buffer.from('additional'));
        checked.setAuthTag(authenticated.getAuthTag());
      }
      const plain = parts.map((part) => decipher.update(part));
      return [
        info,
        ...parts,
        ...plain,
        decipher.final('hex'),
        info.mode === 'gcm' ? authenticated.getAuthTag() : '',
      ];
    });
  }
  await note('cipher text', () => {
    const cipher = crypto.createCipheriv('aes-256-cbc', key, iv);
    return cipher.update('some text', 'utf8', 'base64') + cipher.final('base64');
  });
  await note('cipher unknown', () => crypto.createCipheriv('nope', key, iv));
  await note('cipher key', () => crypto.createCipheriv('aes-256-cbc', iv, iv));
  await note('cipher vector', () => crypto.createCipheriv('aes-256-cbc', key, key));
  await note('cipher no vector', () => crypto.createCipheriv('aes-256-cbc', key, null));
  await note('wrong key', () => {
    const cipher = crypto.createCipheriv('aes-256-cbc', key, iv);
    const text = Buffer.concat([cipher.update('x'), cipher.final()]);
    const decipher = crypto.createDecipheriv('aes-256-cbc', Buffer.alloc(32, 8), iv);
    return Buffer.concat([decipher.update(text), decipher.final()]);
  });
  await note(
    'partial block',
    () =>
      crypto.createDecipheriv('aes-256-cbc', key, iv).update(key.subarray(0, 15)) &&
      crypto.createDecipheriv('aes-256-cbc', key, iv).final(),
  );
  await note('without padding', () =>
    crypto.createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false).update(key),
  );
  await note('final twice', () => {
    const cipher = crypto.createCipheriv('aes-256-cbc', key, iv);
    cipher.final();
    return cipher.final();
  });
  await note('update after final', () => {
    const cipher = crypto.createCipheriv('aes-256-cbc', key, iv);
    cipher.final();
    return cipher.update('x');
  });
  await note('gcm wrong tag', () => {
    const decipher = crypto.createDecipheriv('aes-256-gcm', key, iv.subarray(0, 12));
    decipher.update(key);
    decipher.setAuthTag(iv);
    return decipher.final();
  });
  await note('gcm short tag', () =>
    crypto.createDecipheriv('aes-256-gcm', key, iv).setAuthTag(Buffer.alloc(3)),
  );
  await note('gcm long vector', () => {
    const cipher = crypto.createCipheriv('aes-128-gcm', iv, key, { authTagLength: 12 });
    return [cipher.update('x'), cipher.final(), cipher.getAuthTag()];
  });
  await note('gcm early tag', () => crypto.createCipheriv('aes-256-gcm', key, iv).getAuthTag());
  await note('by password', () => {
    const legacy = crypto as unknown as {
      createCipher(name: string, password: string): ReturnType<typeof crypto.createCipheriv>;
    };
    const cipher = legacy.createCipher('aes-256-cbc', 'password');
    return cipher.update('x', 'utf8', 'hex') + cipher.final('hex');
  });

  const subtle = crypto.webcrypto.subtle;
  await note('subtle digest', () => subtle.digest('SHA-256', data));
  await note('subtle hmac', async () => {
    const imported = await subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, true, [
      'sign',
      'verify',
    ]);
    const signature = await subtle.sign('HMAC', imported, data);
    return [
      signature,
      await subtle.verify('HMAC', imported, signature, data),
      await subtle.exportKey('raw', imported),
    ];
  });
  await note('subtle pbkdf2', async () => {
    const base = await subtle.importKey('raw', key, 'PBKDF2', false, ['deriveBits']);
    return subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: iv, iterations: 10 }, base, 256);
  });
  for (const name of ['AES-GCM', 'AES-CBC']) {
    await note(`subtle ${name}`, async () => {
      const imported = await subtle.importKey('raw', key, name, false, ['encrypt', 'decrypt']);
      const sealed = await subtle.encrypt({ name, iv, additionalData: key }, imported, data);
      return [sealed, await subtle.decrypt({ name, iv, additionalData: key }, imported, sealed)];
    });
  }
  return results;
}

describe("Node's crypto library over our binding", () => {
  let answers: {
    ours: Record<string, unknown>;
    real: Record<string, unknown>;
    hashes: string[];
    realHashes: string[];
    ciphers: string[];
    realCiphers: string[];
  };

  beforeAll(async () => {
    const bundle = await bundleExpression(fileURLToPath(new URL('./index.ts', import.meta.url)));
    const cores = JSON.stringify({ 'scrypt.wasm': Buffer.from(hashingCore('scrypt')).toString('base64') });
    answers = (await runPinned(`${libraryLoader}
      const binding = ${bundle}.createCryptoBinding({
        require,
        complete: (done) => setImmediate(done),
        hold: () => () => undefined,
        asyncResource: () => ({ getAsyncId: () => 1 }),
        wasm: (name) => new WebAssembly.Module(Buffer.from(${cores}[name], 'base64')),
        missing: (what) => { throw new Error('missing: ' + what); },
      });
      const load = loadLibrary((id) => id === 'crypto' || id.startsWith('internal/crypto/'), { crypto: binding });
      const ours = load('crypto');
      const real = require('crypto');
      const exercise = ${exercise.toString()};
      (async () => report({
        ours: await exercise(ours, ours.getHashes()),
        real: await exercise(real, ours.getHashes()),
        hashes: ours.getHashes(), realHashes: real.getHashes(),
        ciphers: ours.getCiphers(), realCiphers: real.getCiphers(),
      }))();`)) as typeof answers;
  });

  it('answers every call as the pinned Node does', () => {
    expect(Object.keys(answers.ours).length).toBeGreaterThan(180);
    expect(answers.ours).toEqual(answers.real);
  });

  it('lists only names that Node has, and all hashes but SM3', () => {
    expect(answers.hashes).toEqual(answers.realHashes.filter((name) => !/sm3/i.test(name)));
    expect(answers.realCiphers).toEqual(expect.arrayContaining(answers.ciphers));
  });
});
