const express = require('express');
const bcrypt = require('bcrypt');
const argon2 = require('argon2');
const crypto = require('node:crypto');
const { promisify } = require('node:util');
const app = express();
app.use(express.json());
const known = '$2b$04$abcdefghijklmnopqrstuuE4dNqZsRqKqpWP0XJ9SJ5KZvZ1q1u2W';
app.post('/bcrypt', async (req, res) => {
  const hash = await bcrypt.hash(req.body.password, 4);
  res.json({ prefix: hash.slice(0, 7), length: hash.length, right: await bcrypt.compare(req.body.password, hash), wrong: await bcrypt.compare('x', hash), rounds: bcrypt.getRounds(hash), fixed: bcrypt.hashSync(req.body.password, '$2b$04$abcdefghijklmnopqrstuu') });
});
app.get('/bcrypt-errors', async (req, res) => {
  const tries = [() => bcrypt.hash(), () => bcrypt.hash('x'), () => bcrypt.hash('x', 'bad salt'), () => bcrypt.compare('x'), () => bcrypt.compare('x', 5), () => bcrypt.compare('x', 'short'), () => bcrypt.hashSync(5, 4), () => bcrypt.getRounds('x'), () => bcrypt.genSaltSync('x'), () => bcrypt.compare('x', known)];
  res.json(await Promise.all(tries.map(async (f) => {
    try {
      return await f();
    } catch (error) {
      return `${error.name}: ${error.message}`;
    }
  })));
});
app.post('/argon2', async (req, res) => {
  const options = { type: argon2.argon2id, memoryCost: 1024, timeCost: 2, parallelism: 1, salt: Buffer.from('0123456789abcdef') };
  const hash = await argon2.hash(req.body.password, options);
  res.json({ hash, right: await argon2.verify(hash, req.body.password), wrong: await argon2.verify(hash, 'x'), rehash: argon2.needsRehash(hash, { timeCost: 3 }), raw: (await argon2.hash('x', { ...options, raw: true, hashLength: 16 })).toString('hex') });
});
app.get('/argon2-errors', async (req, res) => {
  const tries = [() => argon2.verify('nonsense', 'x'), () => argon2.hash('x', { timeCost: 0 }), () => argon2.hash('x', { memoryCost: 1 }), () => argon2.hash(5)];
  res.json(await Promise.all(tries.map((f) => Promise.resolve().then(f).then(String, (error) => `${error.name}: ${error.message}`))));
});
app.post('/node', async (req, res) => {
  const { password } = req.body;
  const scrypt = await promisify(crypto.scrypt)(password, 'salt', 32, { N: 1024 });
  const pbkdf2 = await promisify(crypto.pbkdf2)(password, 'salt', 1000, 32, 'sha512');
  const key = crypto.createHash('sha256').update(password).digest();
  const cipher = crypto.createCipheriv('aes-256-gcm', key, Buffer.alloc(12, 1));
  const sealed = Buffer.concat([cipher.update('secret'), cipher.final(), cipher.getAuthTag()]);
  res.json({ scrypt: scrypt.toString('hex'), pbkdf2: pbkdf2.toString('base64'), hmac: crypto.createHmac('sha1', 'k').update(password).digest('base64url'), sealed: sealed.toString('hex'), equal: crypto.timingSafeEqual(scrypt, Buffer.from(scrypt)), uuid: crypto.randomUUID().length, md5: crypto.createHash('md5').update(password).digest('latin1').length });
});
app.listen(process.env.PORT || 3000, () => console.log('up'));
