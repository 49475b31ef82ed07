import { isObject, type Json } from '../json.ts';

/**
 * A token whose second part was altered: of a JSON Web Token, one whose claims can still be read and have one more
 * (RFC 7519, section 3); of any other text, one with another character in the middle.
 */
export function alterPayload(token: string): string {
  const [head, payload, ...rest] = token.split('.');
  if (payload === undefined || rest.length !== 1) return alterAt(token, Math.floor(token.length / 2));
  const claims = readClaims(payload);
  const altered = claims
    ? encode({ ...claims, altered: true })
    : alterAt(payload, Math.floor(payload.length / 2));
  return [head, altered, ...rest].join('.');
}

/** A token with another character in the middle of its last part, where every bit counts. */
export function alterSignature(token: string): string {
  const start = token.lastIndexOf('.') + 1;
  return alterAt(token, start + Math.floor((token.length - start) / 2));
}

/** A token of the same claims that says it needs no signature, and has none. */
export function removeSignature(token: string): string {
  const [, payload = ''] = token.split('.');
  return `${encode({ alg: 'none', typ: 'JWT' })}.${payload}.`;
}

function alterAt(text: string, index: number): string {
  const other = text[index] === 'A' ? 'B' : 'A';
  return `${text.slice(0, index)}${other}${text.slice(index + 1)}`;
}

function readClaims(payload: string): { [name: string]: Json } | undefined {
  try {
    const claims: Json = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
    return isObject(claims) ? claims : undefined;
  } catch {
    return undefined;
  }
}

/** JSON of ASCII in base64url without padding. */
function encode(value: Json): string {
  const ascii = JSON.stringify(value).replaceAll(
    /[^\0-\x7f]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return btoa(ascii).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
