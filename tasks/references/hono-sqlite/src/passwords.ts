import { pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(pbkdf2);
const iterations = 10_000;
const bytes = 32;

/** @returns iterations, salt and key, with dollar signs between them */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, iterations, bytes, 'sha512');
  return [iterations, salt.toString('base64url'), key.toString('base64url')].join('$');
}

export async function isPassword(password: string, stored: string): Promise<boolean> {
  const [rounds = '', salt = '', key = ''] = stored.split('$');
  const given = await derive(password, Buffer.from(salt, 'base64url'), Number(rounds), bytes, 'sha512');
  return timingSafeEqual(given, Buffer.from(key, 'base64url'));
}
