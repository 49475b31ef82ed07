import { fromBase64Url, toBase64Url } from '../base64url.ts';
import { seal, type Json } from '../canonical.ts';
import { gunzip, gzip } from '../gzip.ts';

export type Changeable = { [key: string]: Json };

/** The JSON in a link. */
export async function contentOf(fragment: string): Promise<Changeable> {
  const bytes = fromBase64Url(fragment.replace('#r1.', '')) ?? new Uint8Array();
  return JSON.parse(new TextDecoder().decode(await gunzip(bytes, 2 ** 26))) as Changeable;
}

/** A link that holds this, whatever it is. */
export async function linkTo(content: unknown): Promise<string> {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return `#r1.${toBase64Url(await gzip(new TextEncoder().encode(text)))}`;
}

/** The link with its content changed, and the hash left as it was, or made anew as a forger would. */
export async function rewrite(
  fragment: string,
  change: (content: Changeable) => void,
  { forge = false } = {},
): Promise<string> {
  const content = await contentOf(fragment);
  change(content);
  const { hash, ...rest } = content;
  return linkTo(forge ? await seal(rest) : { ...rest, hash });
}
