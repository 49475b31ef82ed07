import { FsError } from '../../fs/types.ts';
import type { Binding, RealmContext } from '../context.ts';
import { asBytes, copyBytes } from '../encoding.ts';
import { Files } from './fs-files.ts';

type Pull = (status: number, buffer?: ArrayBuffer) => void;

/** Bytes that a reader hands over in one piece. */
const pieceBytes = 65_536;
const Status = { end: 0, more: 1 } as const;

/** The bytes of a `Blob`, in the parts that it was made of: a reader hands them over one by one. */
class BlobHandle {
  readonly parts: readonly Uint8Array[];

  constructor(parts: readonly Uint8Array[]) {
    this.parts = parts;
  }

  slice(start: number, end: number): BlobHandle {
    return new BlobHandle(this.cut(start, end));
  }

  protected cut(start: number, end: number): Uint8Array[] {
    let offset = 0;
    return this.parts.flatMap((part) => {
      const from = Math.max(0, start - offset);
      const to = Math.min(part.byteLength, end - offset);
      offset += part.byteLength;
      return from < to ? [part.subarray(from, to)] : [];
    });
  }
}

function piecesOf(part: Uint8Array): Uint8Array[] {
  const count = Math.ceil(part.byteLength / pieceBytes);
  return Array.from({ length: count }, (_, at) => part.subarray(at * pieceBytes, (at + 1) * pieceBytes));
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let offset = 0;
  for (const part of parts) {
    out.set(part, offset);
    offset += part.byteLength;
  }
  return out;
}

/** The `blob` binding: blobs in memory, and those that `URL.createObjectURL` keeps. */
export function createBlobBinding(realm: RealmContext): Binding {
  const kept = new Map<string, [BlobHandle, number, string]>();

  class Handle extends BlobHandle {
    getReader(): { pull(done: Pull): void } {
      const pieces = this.parts.flatMap((part) => piecesOf(part));
      return {
        pull: (done) => {
          const piece = pieces.shift();
          realm.complete(() => {
            if (piece === undefined) realm.callback(done, undefined, Status.end);
            else realm.callback(done, undefined, Status.more, copyBytes(piece).buffer);
          });
        },
      };
    }

    override slice(start: number, end: number): Handle {
      return new Handle(this.cut(start, end));
    }
  }
  const partsOf = (source: unknown): readonly Uint8Array[] =>
    source instanceof BlobHandle ? source.parts : [copyBytes(asBytes(source as ArrayBufferView))];

  return {
    createBlob: (sources: readonly unknown[]) => new Handle(sources.flatMap(partsOf)),
    concat: (sources: readonly unknown[]) => joined(sources.flatMap(partsOf)).buffer,
    createBlobFromFilePath(path: string): [Handle, number] | undefined {
      try {
        const bytes = realm.fs.readFile(Files.of(realm).path(path));
        return [new Handle([bytes]), bytes.byteLength];
      } catch (error) {
        if (error instanceof FsError) return undefined;
        throw error;
      }
    },
    storeDataObject(id: string, handle: BlobHandle, length: number, type: string) {
      kept.set(id, [handle, length, type]);
    },
    getDataObject: (id: string) => kept.get(id),
    revokeObjectURL: (url: string) => void kept.delete(url.replace(/^blob:nodedata:/, '')),
  };
}
