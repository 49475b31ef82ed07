import { randomBytes } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';

const secret = new TextEncoder().encode(process.env.JWT_SECRET ?? randomBytes(48).toString('hex'));

/** The 48 bytes of its signature fill 64 characters: no bit of a token is left unread. */
const algorithm = 'HS384';

export function createToken(userId: number): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: algorithm })
    .setSubject(String(userId))
    .setExpirationTime('7d')
    .sign(secret);
}

/** @returns the id of the user whose token it is, or undefined when it is not valid */
export async function readToken(token: string): Promise<number | undefined> {
  try {
    const { payload } = await jwtVerify(token, secret, { algorithms: [algorithm] });
    return Number(payload.sub);
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}
