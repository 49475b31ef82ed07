import type { RealmContext } from '../context.ts';

/** Addresses of the sandbox itself; there are no others. */

export const loopback = '127.0.0.1';
export const anyAddresses: ReadonlySet<string> = new Set(['0.0.0.0', '::', '']);
export const ownAddresses: ReadonlySet<string> = new Set([
  loopback,
  '::1',
  '::ffff:127.0.0.1',
  ...anyAddresses,
]);

const reserved = /\.(?:invalid|test|example|localhost|local|internal)$/i;

/** Says that a program wanted something of the internet, which the sandbox does not have. */
export function reportOutside(realm: RealmContext, place: string): void {
  if (reserved.test(place)) return;
  realm.port.report({
    type: 'unsupported',
    reason: 'resource',
    detail: `the program asked for ${place.slice(0, 200)}, and the sandbox has no network`,
  });
}
