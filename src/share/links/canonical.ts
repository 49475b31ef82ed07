import { toBase64Url } from './base64url.ts';

/** A value that JSON can hold. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** Deeper than any share is. */
const deepest = 24;

/** Content that is nested deeper than a share can be. */
export class TooDeepError extends Error {
  override readonly name = 'TooDeepError';
}

/**
 * The one way to write a value down that its hash is taken of: JSON without blanks, the keys of every object sorted by
 * their UTF-16 units, numbers and strings as `JSON.stringify` writes them (that is RFC 8785 for all that JSON can hold).
 * @throws TooDeepError for what is nested too deep to be a share
 */
export function canonical(value: Json, depth = 0): string {
  if (depth > deepest) throw new TooDeepError('nested too deep');
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isArray(value)) return `[${value.map((item) => canonical(item, depth + 1)).join(',')}]`;
  const members = Object.keys(value)
    .sort()
    .flatMap((key) => {
      const member = value[key];
      return member === undefined ? [] : [`${JSON.stringify(key)}:${canonical(member, depth + 1)}`];
    });
  return `{${members.join(',')}}`;
}

const isArray = (value: object): value is readonly Json[] => Array.isArray(value);

/** SHA-256 of a value's canonical form, as base64url: 43 characters. */
export async function hashOf(value: Json): Promise<string> {
  const bytes = new TextEncoder().encode(canonical(value));
  return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

/** What a plain object holds besides its `hash`, and whether that hash is right. */
export async function checkSeal(value: { readonly [key: string]: Json | undefined }): Promise<boolean> {
  const { hash, ...rest } = value;
  return hash === (await hashOf(rest));
}

/** The object with the hash of all else in it. */
export async function seal<T extends { readonly [key: string]: Json | undefined }>(
  value: T,
): Promise<T & { hash: string }> {
  return { ...value, hash: await hashOf(value) };
}
