import type { RealmContext } from '../context.ts';
import { asBytes } from '../encoding.ts';
import { Stdio } from './stdio.ts';

type Read = (...args: unknown[]) => unknown;

interface Request {
  oncomplete(error: null, count: number): void;
}

/** `fs.read` with a callback or a promise waits for what comes on standard input; other reads go to `read`. */
export function readWithStdin(realm: RealmContext, read: Read, promises: symbol): Read {
  const take = (target: Uint8Array, done: (count: number) => void): void => {
    const release = realm.hold();
    Stdio.of(realm).stdin.take(target.byteLength, (bytes) => {
      target.set(bytes);
      realm.complete(() => {
        done(bytes.byteLength);
        release();
      });
    });
  };
  return (...args) => {
    const [fd, buffer, offset, length, , request] = args;
    if (fd !== 0 || request === undefined) return read(...args);
    const start = Number(offset);
    const target = asBytes(buffer as ArrayBufferView).subarray(start, start + Number(length));
    if (request === promises) return new Promise((resolve) => take(target, resolve));
    const { oncomplete } = request as Request;
    take(target, (count) => realm.callback(oncomplete, request, null, count));
    return undefined;
  };
}
