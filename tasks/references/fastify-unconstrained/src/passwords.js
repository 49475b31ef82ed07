import { randomBytes, scrypt as scryptCallback, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const scrypt = promisify(scryptCallback);
const keyLength = 32;
const cost = { N: 4096, r: 8, p: 1 };

/** @returns salt and key in base64, with a colon between them */
export async function hashPassword(password) {
  const salt = randomBytes(16);
  const key = await scrypt(password, salt, keyLength, cost);
  return `${salt.toString('base64')}:${key.toString('base64')}`;
}

export async function isPassword(password, hash) {
  const [salt, key] = hash.split(':').map((part) => Buffer.from(part, 'base64'));
  return timingSafeEqual(key, await scrypt(password, salt, keyLength, cost));
}
