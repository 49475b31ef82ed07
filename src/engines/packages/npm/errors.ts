import type { Unsupported } from '../../engine.ts';

/** What npm says about a failure of the submission: a code, and lines in npm's own words. */
export class NpmError extends Error {
  override readonly name = 'NpmError';
  constructor(
    readonly code: string,
    readonly lines: readonly string[],
  ) {
    super(lines.join('\n'));
  }
}

/** Something that this sandbox cannot do: the run becomes unscored rather than failed. */
export class UnsupportedError extends Error {
  override readonly name = 'UnsupportedError';
  constructor(readonly what: Unsupported) {
    super(what.detail);
  }
}

/** @param asked - e.g. `express@^99`. */
export function notFound(asked: string, name: string): NpmError {
  return new NpmError('E404', [
    `404 Not Found - GET {registry}/${name.replace('/', '%2f')} - Not found`,
    '404',
    `404  '${asked}' is not in this registry.`,
    '404',
    '404 Note that you can also install from a',
    '404 tarball, folder, http url, or git url.',
  ]);
}

export function noMatchingVersion(name: string, wanted: string): NpmError {
  return new NpmError('ETARGET', [
    `notarget No matching version found for ${name}@${wanted}.`,
    'notarget In most cases you or one of your dependencies are requesting',
    "notarget a package version that doesn't exist.",
  ]);
}

/** The exit code of a failed command: a script's own, the system's error number for ENOENT, else 1. */
export function exitCode(code: string, lines: readonly string[]): number {
  if (/^\d+$/.test(code)) return Number(code);
  return lines.includes('errno -2') ? 254 : 1;
}
