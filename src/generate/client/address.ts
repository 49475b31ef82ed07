/** Addresses of APIs: what a person types, and where it lies. */

/** An address that cannot be used, in words for people. */
export class AddressError extends Error {
  override readonly name = 'AddressError';
}

/**
 * The base address of an API as it is asked: without a final slash, without what belongs to one of its calls.
 * @throws AddressError
 */
export function baseAddress(typed: string): string {
  const text = typed.trim();
  if (text === '') throw new AddressError('Enter the address of the API.');
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
    ? ''
    : isLocalHost(hostOf(text))
      ? 'http://'
      : 'https://';
  let url: URL;
  try {
    url = new URL(scheme + text);
  } catch {
    throw new AddressError(`${text} is no address. One looks like https://api.example.com/v1.`);
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new AddressError('The address has to begin with https:// or http://.');
  if (url.username !== '' || url.password !== '')
    throw new AddressError(
      'The address holds a user name or a password. Take it out, and enter the key in its own field.',
    );
  if (url.search !== '' || url.hash !== '')
    throw new AddressError(
      'The address holds a ? or a #. Enter the base address alone, such as https://api.example.com/v1.',
    );
  // What servers print of where they listen is no address; and an IPv6 literal no page's policy can name.
  if (['0.0.0.0', '[::]', '[::1]'].includes(url.hostname)) url.hostname = 'localhost';
  const path = url.pathname
    .replace(/\/+$/, '')
    .replace(/\/(chat\/completions|chat|completions|responses|messages|models)$/, '');
  return url.origin + path;
}

const hostOf = (text: string): string => text.replace(/[/?#].*$/, '').replace(/:\d*$/, '');

/** Where an address leads, as far as its text tells. */
export type Place = 'loopback' | 'private' | 'public';

/** @param address - absolute */
export function placeOf(address: string): Place {
  const host = new URL(address).hostname.toLowerCase();
  if (isLoopback(host)) return 'loopback';
  return isLocalHost(host) ? 'private' : 'public';
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  host === '[::1]' ||
  /^127\.\d+\.\d+\.\d+$/.test(host);

/** Ranges of RFC 1918, RFC 3927, RFC 4193 and shared addresses of RFC 6598, and names that only a home network gives. */
function isLocalHost(host: string): boolean {
  if (isLoopback(host)) return true;
  if (/^(10|192\.168|169\.254|0)\./.test(host) && /^[\d.]+$/.test(host)) return true;
  if (/^172\.(1[6-9]|2\d|3[01])\.[\d.]+$/.test(host)) return true;
  if (/^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.[\d.]+$/.test(host)) return true;
  if (/^\[f[cd][0-9a-f]{2}:|^\[fe[89ab][0-9a-f]:/.test(host)) return true;
  return /\.(local|lan|internal|home\.arpa)$/.test(host) || (!host.includes('.') && !host.startsWith('['));
}
