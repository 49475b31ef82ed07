import { limits } from '../../domain/limits.ts';

export interface ArchiveFile {
  /** Relative to the package, `/`-separated, without `.` and `..`. */
  readonly path: string;
  readonly data: Uint8Array;
  readonly executable: boolean;
}

/** An archive that cannot be read or holds what no package may hold. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
}

const BLOCK = 512;
const decoder = new TextDecoder();

/**
 * Files of an npm tarball: gzip, then ustar, with pax and GNU long names. Links and devices are left out, as npm does.
 * @throws ArchiveError for a damaged archive, too much content, or a path that leaves the package.
 */
export async function readTarball(bytes: Uint8Array): Promise<ArchiveFile[]> {
  const tar = await gunzip(bytes, limits.diskFileBytes);
  const files: ArchiveFile[] = [];
  let longName: string | undefined;
  for (let offset = 0; offset + BLOCK <= tar.length;) {
    const header = tar.subarray(offset, offset + BLOCK);
    if (header.every((byte) => byte === 0)) break;
    const size = Number.parseInt(field(header, 124, 12), 8) || 0;
    const type = String.fromCharCode(header[156] ?? 0);
    const data = tar.subarray(offset + BLOCK, offset + BLOCK + size);
    if (data.length < size) throw new ArchiveError('the package archive ends too early');
    offset += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    if (type === 'x') longName = /(?:^|\n)\d+ path=([^\n]*)/.exec(decoder.decode(data))?.[1] ?? longName;
    else if (type === 'L') longName = decoder.decode(data).replace(/\0.*$/s, '');
    else if (type !== 'g') {
      const prefix = field(header, 345, 155);
      const name = longName ?? `${prefix === '' ? '' : `${prefix}/`}${field(header, 0, 100)}`;
      longName = undefined;
      if (type !== '0' && type !== '\0') continue;
      const executable = (Number.parseInt(field(header, 100, 8), 8) & 0o111) !== 0;
      files.push({ path: safePath(name.replace(/^[^/]*\//, '')), data, executable });
    }
    if (files.length > limits.diskInodes) throw new ArchiveError('the package archive holds too many files');
  }
  return files;
}

/** Refuses what would land outside the folder into which an archive is unpacked. @throws ArchiveError */
export function safePath(path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  const bad =
    segments.length === 0 ||
    segments.includes('..') ||
    path.startsWith('/') ||
    path.includes('\0') ||
    path.length > limits.pathLength;
  if (bad)
    throw new ArchiveError(`the package archive holds a path that is not allowed: ${path.slice(0, 200)}`);
  return segments.join('/');
}

/** @param limit - bytes after which reading stops. @throws ArchiveError */
async function gunzip(bytes: Uint8Array, limit: number): Promise<Uint8Array> {
  const source = new Blob([Uint8Array.from(bytes)]).stream().pipeThrough(new DecompressionStream('gzip'));
  const chunks: Uint8Array[] = [];
  let total = 0;
  const reader = source.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      total += value.length;
      if (total > limit) throw new ArchiveError(`the package archive unpacks to more than ${limit} bytes`);
      chunks.push(value);
    }
  } catch (error) {
    void reader.cancel().catch(() => undefined);
    if (error instanceof ArchiveError) throw error;
    throw new ArchiveError('the package archive is damaged: it is no valid gzip file');
  }
  const joined = new Uint8Array(total);
  let offset = 0;
  for (const chunk of chunks) {
    joined.set(chunk, offset);
    offset += chunk.length;
  }
  return joined;
}

function field(header: Uint8Array, start: number, length: number): string {
  const end = header.indexOf(0, start);
  const stop = end < 0 || end > start + length ? start + length : end;
  return decoder.decode(header.subarray(start, stop)).trim();
}
