import { Inflate } from 'fflate';
import { limits } from '../domain/limits.ts';
import { assemble, Intake, megabytes, textOrBytes, type Submission } from './collect.ts';
import { cleanPath, quotePath, skippedPart } from './paths.ts';
import { SubmissionError } from './submission-error.ts';

/** Signatures and sizes of PKZIP's APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16. */
const local = { signature: 0x04034b50, size: 30 };
const central = { signature: 0x02014b50, size: 46 };
const end = { signature: 0x06054b50, size: 22, maxComment: 0xffff };

/** Compressed bytes handed to the decoder at a time: at deflate's best ratio (1:1032) about 8 MB come out. */
const inputStep = 8_192;

interface ZipEntry {
  path: string;
  method: number;
  crc: number;
  compressed: number;
  size: number;
  /** Offset of the local header. */
  offset: number;
  /** File type bits of a Unix mode; 0 when the archive does not say. */
  type: number;
}

const bad = (what: string): SubmissionError =>
  new SubmissionError(
    'bad-archive',
    `The zip file cannot be read: ${what}. Make it again and try once more.`,
  );

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function findEnd(data: DataView): number {
  const lowest = Math.max(0, data.byteLength - end.size - end.maxComment);
  for (let at = data.byteLength - end.size; at >= lowest; at--) {
    if (data.getUint32(at, true) === end.signature) return at;
  }
  throw bad('it has no table of contents (it is cut off, or no zip file)');
}

function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const latin = String.fromCharCode(...bytes.subarray(0, 200));
    throw new SubmissionError(
      'bad-path',
      `The name ${quotePath(latin)} in the zip file is not UTF-8. Rename the file and try again.`,
    );
  }
}

/** The central directory, one entry at a time. Local headers are only trusted for where the data starts. */
function* directory(bytes: Uint8Array): Generator<ZipEntry> {
  const data = view(bytes);
  const tail = findEnd(data);
  const count = data.getUint16(tail + 10, true);
  let at = data.getUint32(tail + 16, true);
  if (count === 0xffff || at === 0xffffffff)
    throw bad('it is in the ZIP64 form, made for archives above 4 GB');
  for (let index = 0; index < count; index++) {
    if (at + central.size > tail || data.getUint32(at, true) !== central.signature) {
      throw bad(`its table of contents is damaged at entry ${index + 1} of ${count}`);
    }
    const nameLength = data.getUint16(at + 28, true);
    const next =
      at + central.size + nameLength + data.getUint16(at + 30, true) + data.getUint16(at + 32, true);
    if (next > tail) throw bad(`its table of contents is damaged at entry ${index + 1} of ${count}`);
    const path = decodeName(bytes.subarray(at + central.size, at + central.size + nameLength));
    if ((data.getUint16(at + 8, true) & 1) !== 0) throw bad(`${quotePath(path)} is encrypted`);
    yield {
      path,
      method: data.getUint16(at + 10, true),
      crc: data.getUint32(at + 16, true),
      compressed: data.getUint32(at + 20, true),
      size: data.getUint32(at + 24, true),
      offset: data.getUint32(at + 42, true),
      type: (data.getUint32(at + 38, true) >>> 16) & 0o170000,
    };
    at = next;
  }
}

function compressedBytes(bytes: Uint8Array, entry: ZipEntry): Uint8Array {
  const data = view(bytes);
  const { offset, path } = entry;
  if (offset + local.size > bytes.length || data.getUint32(offset, true) !== local.signature) {
    throw bad(`${quotePath(path)} is not where the table of contents says`);
  }
  const start = offset + local.size + data.getUint16(offset + 26, true) + data.getUint16(offset + 28, true);
  if (start + entry.compressed > bytes.length) throw bad(`${quotePath(path)} is cut off`);
  return bytes.subarray(start, start + entry.compressed);
}

/** Decodes one entry and stops as soon as more comes out than the table of contents announced. */
function decode(packed: Uint8Array, entry: ZipEntry): Uint8Array {
  const { path, size } = entry;
  if (entry.method === 0) {
    if (packed.length !== size) throw bad(`${quotePath(path)} has another size than announced`);
    return packed.slice();
  }
  if (entry.method !== 8) throw bad(`${quotePath(path)} is packed with method ${entry.method}, not deflate`);
  const out = new Uint8Array(size);
  let filled = 0;
  const inflate = new Inflate((chunk) => {
    if (filled + chunk.length > size)
      throw bad(`${quotePath(path)} unpacks to more than the ${size} bytes announced`);
    out.set(chunk, filled);
    filled += chunk.length;
  });
  for (let at = 0; at === 0 || at < packed.length; at += inputStep) {
    const last = at + inputStep >= packed.length;
    try {
      inflate.push(packed.subarray(at, at + inputStep), last);
    } catch (error) {
      if (error instanceof SubmissionError) throw error;
      throw bad(`${quotePath(path)} is damaged (${error instanceof Error ? error.message : String(error)})`);
    }
  }
  if (filled !== size) throw bad(`${quotePath(path)} has another size than announced`);
  return out;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/**
 * Reads a zip file. Names, number and sizes are checked in its table of contents before anything is unpacked.
 * @throws SubmissionError for what is too large, too many, damaged, encrypted, a link, or has an unsafe path.
 */
export function fromZip(bytes: Uint8Array): Submission {
  if (bytes.length > limits.archiveBytes) {
    throw new SubmissionError(
      'too-large',
      `The zip file is larger than ${megabytes(limits.archiveBytes)}. Leave out node_modules and what else is not source.`,
    );
  }
  const intake = new Intake();
  const entries: (readonly [string, ZipEntry])[] = [];
  for (const entry of directory(bytes)) {
    if (entry.path.endsWith('/')) {
      cleanPath(entry.path.slice(0, -1));
      continue;
    }
    if (entry.type !== 0 && entry.type !== 0o100000 && skippedPart(cleanPath(entry.path)) === undefined) {
      const what = entry.type === 0o120000 ? 'a symbolic link' : 'not an ordinary file';
      throw new SubmissionError(
        'bad-archive',
        `${quotePath(entry.path)} in the zip file is ${what}. Put the file itself in its place.`,
      );
    }
    const path = intake.admit(entry.path);
    if (path === undefined) continue;
    intake.weigh(path, entry.size);
    entries.push([path, entry]);
  }
  const unpacked = entries.map(([path, entry]) => {
    const content = decode(compressedBytes(bytes, entry), entry);
    if (crc32(content) !== entry.crc) throw bad(`${quotePath(path)} is damaged (its checksum differs)`);
    return [path, textOrBytes(content)] as const;
  });
  return assemble(unpacked, intake.notes(), true);
}
