import { setupText } from '../english/setup.ts';

const text = setupText.link;

/** What a person put into the field for links. */
export type Address =
  | { kind: 'empty' }
  /** A run in the address itself. */
  | { kind: 'run'; fragment: string }
  /** A file that can be fetched. */
  | { kind: 'file'; url: URL }
  | { kind: 'refused'; why: string };

/** Reads an address; nothing is fetched here. */
export function readAddress(input: string): Address {
  const trimmed = input.trim();
  if (trimmed === '') return { kind: 'empty' };
  // Our own links may be opened wherever they were made: what counts is in the fragment alone.
  const fragment = /(?:^|#)(r\d{1,4}\.[\s\S]*)$/.exec(trimmed)?.[1];
  if (fragment !== undefined) return { kind: 'run', fragment: `#${fragment.replace(/\s+/g, '')}` };
  const url = URL.parse(trimmed);
  if (url === null) return { kind: 'refused', why: text.notUrl };
  if (url.protocol !== 'https:') return { kind: 'refused', why: text.notHttps(url.protocol) };
  if (url.username !== '' || url.password !== '') return { kind: 'refused', why: text.credentials };
  return { kind: 'file', url };
}
