/** Addresses of the sandbox itself; there are no others. */

export const loopback = '127.0.0.1';
export const anyAddresses: ReadonlySet<string> = new Set(['0.0.0.0', '::', '']);
export const ownAddresses: ReadonlySet<string> = new Set([
  loopback,
  '::1',
  '::ffff:127.0.0.1',
  ...anyAddresses,
]);
