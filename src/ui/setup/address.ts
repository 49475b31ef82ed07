import { linkIn } from '../../share/links/link-in.ts';
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
  const fragment = linkIn(trimmed);
  if (fragment !== undefined) return { kind: 'run', fragment };
  const url = URL.parse(trimmed);
  if (url === null) return { kind: 'refused', why: text.notUrl };
  if (url.protocol !== 'https:') return { kind: 'refused', why: text.notHttps(url.protocol) };
  if (url.username !== '' || url.password !== '') return { kind: 'refused', why: text.credentials };
  return { kind: 'file', url: addressOfFiles(url) };
}

/**
 * The address at which the files behind a page of GitHub can be read: pages themselves do not let other sites read them.
 * Any other address is given back as it is.
 */
function addressOfFiles(url: URL): URL {
  const parts = url.pathname.split('/').filter((part) => part !== '');
  if (url.host === 'gist.github.com') {
    const id = parts.find((part) => /^[0-9a-f]{20,40}$/.test(part));
    return id === undefined ? url : new URL(`https://api.github.com/gists/${id}`);
  }
  const [owner, repository, kind, ...rest] = parts;
  if (url.host !== 'github.com' || (kind !== 'blob' && kind !== 'raw') || rest.length < 2) return url;
  return new URL(`https://raw.githubusercontent.com/${[owner, repository, ...rest].join('/')}`);
}
