import { randomBytes } from 'node:crypto';
import { sign, verify } from 'hono/jwt';

const secret = process.env.JWT_SECRET ?? randomBytes(48).toString('hex');
const week = 7 * 24 * 60 * 60;

/** The 48 bytes of its signature fill 64 characters: no bit of a token is left unread. */
const algorithm = 'HS384';

export function createToken(userId: number): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return sign({ sub: String(userId), iat: now, exp: now + week }, secret, algorithm);
}

/** @returns the id of the user whose token it is, or undefined when it is not valid */
export async function readToken(token: string): Promise<number | undefined> {
  try {
    const { sub } = await verify(token, secret, algorithm);
    return Number(sub);
  } catch {
    return undefined;
  }
}
