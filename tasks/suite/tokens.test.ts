import { describe, expect, it } from 'vitest';
import { alterPayload, alterSignature, removeSignature } from './tokens.ts';

const part = (text: string) => Buffer.from(text).toString('base64url');
const claims = { sub: '7', name: 'Ærø 🐉' };
const token = `${part('{"alg":"HS256"}')}.${part(JSON.stringify(claims))}.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg`;
const read = (text: string | undefined) =>
  JSON.parse(Buffer.from(text ?? '', 'base64url').toString()) as Record<string, unknown>;

describe('an altered token', () => {
  it('has claims that can be read, one more than before, and the same signature', () => {
    const [head, payload, signature] = alterPayload(token).split('.');
    expect([head, signature]).toEqual([token.split('.')[0], token.split('.')[2]]);
    expect(read(payload)).toMatchObject({ sub: '7', altered: true });
    expect(payload).toMatch(/^[\w-]+$/);
  });

  it('has the same claims, and another character in the middle of the signature', () => {
    const [, payload, signature = ''] = alterSignature(token).split('.');
    const [, , before = ''] = token.split('.');
    expect(payload).toBe(token.split('.')[1]);
    const changed = [...before].flatMap((character, n) => (character === signature[n] ? [] : [n]));
    expect(changed).toEqual([Math.floor(before.length / 2)]);
  });

  it('can say that it needs no signature', () => {
    const [head, payload, signature] = removeSignature(token).split('.');
    expect(read(head)).toEqual({ alg: 'none', typ: 'JWT' });
    expect([payload, signature]).toEqual([token.split('.')[1], '']);
  });

  it.each(['abcdef', 'a.b', 'a.b.c.d', '0', 'AAAA.AAAA.AAAA', '....', 'a.W10.c'])(
    'of another form (%s) is another text of printable characters',
    (other) => {
      for (const alter of [alterPayload, alterSignature, removeSignature]) {
        expect(alter(other)).not.toBe(other);
        expect(alter(other)).toMatch(/^[\x21-\x7e]+$/);
      }
    },
  );
});
