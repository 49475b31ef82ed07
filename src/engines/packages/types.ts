/** The package store as a sandbox sees it. The page answers; the sandbox never fetches. */

export type Ecosystem = 'npm' | 'pypi';

/** Where a sandbox gets package metadata and verified package bytes from. */
export interface PackageSource {
  /** The index of what is stored: read once per ecosystem. JSON text, parsed by its schema in this folder. */
  index(ecosystem: Ecosystem): Promise<string>;
  /**
   * Bytes of one stored package, already checked against the hash in the index.
   * @throws PackageError `not-stored`, `integrity`.
   */
  archive(ecosystem: Ecosystem, name: string, version: string): Promise<Uint8Array>;
  /**
   * Asks the registry, when the deployment names one and the browser is online. JSON text as the registry sent it
   * (npm: abbreviated packument; pypi: simple API version 1).
   * @throws PackageError `offline` when it cannot be asked, `not-found` when the registry says so.
   */
  registryMetadata(ecosystem: Ecosystem, name: string): Promise<string>;
  /** Bytes of a registry package, checked against `integrity` (npm: SRI; pypi: sha256 in hex). */
  registryArchive(ecosystem: Ecosystem, url: string, integrity: string): Promise<Uint8Array>;
}

export class PackageError extends Error {
  override readonly name = 'PackageError';
  constructor(
    readonly code: 'not-stored' | 'integrity' | 'offline' | 'not-found' | 'too-large',
    message: string,
  ) {
    super(message);
  }
}
