import type { FileSystem } from '../../fs/types.ts';

/**
 * One direction of a connection between ports of two threads: records in a file without a name on the shared disk.
 * So a thread sees what was sent to it without turning, as `receiveMessageOnPort` has to.
 *
 * Record: Uint32 bytes of the body, one byte of kind, the body.
 */

export const Kind = {
  /** The body is a message without enclosures. */
  message: 0,
  /** A message that comes by the browser's port, because things travel with it. */
  elsewhere: 1,
  /** The other port is closed. */
  close: 2,
} as const;

export interface MailRecord {
  kind: number;
  body: Uint8Array<ArrayBuffer>;
}

const HEADER_BYTES = 5;

export class Mailbox {
  readonly #fs: FileSystem;
  readonly inode: number;

  constructor(fs: FileSystem, inode = fs.anonymous()) {
    this.#fs = fs;
    this.inode = inode;
  }

  /** @throws FsError ENOSPC. */
  put(kind: number, body: Uint8Array): void {
    const record = new Uint8Array(HEADER_BYTES + body.byteLength);
    new DataView(record.buffer).setUint32(0, body.byteLength, true);
    record[4] = kind;
    record.set(body, HEADER_BYTES);
    this.#fs.append(this.inode, record);
  }

  /** Takes out what has come. */
  take(): MailRecord[] {
    const bytes = this.#fs.drain(this.inode);
    if (bytes.byteLength === 0) return [];
    const records: MailRecord[] = [];
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = 0;
    while (at + HEADER_BYTES <= bytes.byteLength) {
      const end = at + HEADER_BYTES + view.getUint32(at, true);
      records.push({ kind: bytes[at + 4] ?? 0, body: bytes.slice(at + HEADER_BYTES, end) });
      at = end;
    }
    return records;
  }

  release(): void {
    this.#fs.release(this.inode);
  }
}
