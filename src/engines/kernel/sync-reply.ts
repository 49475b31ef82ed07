/**
 * Answers to system calls that a process waits for without turning: the process makes a shared buffer, sends it with
 * the call, and sleeps on its first word until the kernel has written the answer.
 *
 * Layout: Int32 state (0 pending, 1 answered), Int32 bytes of the JSON, Int32 bytes of data, then the JSON, then the data.
 */

const HEADER_BYTES = 12;
const FIRST_BYTES = 4_096;
/** Data that an answer may carry: the output of a child that somebody waits for. */
const MAX_BYTES = 256 * 2 ** 20;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** What the kernel answered: a value, or a POSIX code. */
export type SyncAnswer = { value: unknown; data: Uint8Array } | { code: string };

export function createReply(): SharedArrayBuffer {
  return new SharedArrayBuffer(FIRST_BYTES, { maxByteLength: MAX_BYTES });
}

/** Writes an answer and wakes the process. A buffer that cannot hold it gets the code E2BIG. */
export function answer(
  reply: SharedArrayBuffer,
  result: { value: unknown; data?: Uint8Array } | { code: string },
): void {
  const json = encoder.encode(
    JSON.stringify('code' in result ? { code: result.code } : { value: result.value }),
  );
  const data = 'code' in result ? new Uint8Array() : (result.data ?? new Uint8Array());
  const needed = HEADER_BYTES + json.byteLength + data.byteLength;
  if (!makeRoom(reply, needed)) {
    if (!('code' in result) && reply.byteLength >= HEADER_BYTES + 64) answer(reply, { code: 'E2BIG' });
    return;
  }
  const words = new Int32Array(reply, 0, 3);
  const bytes = new Uint8Array(reply);
  words[1] = json.byteLength;
  words[2] = data.byteLength;
  bytes.set(json, HEADER_BYTES);
  bytes.set(data, HEADER_BYTES + json.byteLength);
  Atomics.store(words, 0, 1);
  Atomics.notify(words, 0);
}

function makeRoom(reply: SharedArrayBuffer, bytes: number): boolean {
  if (reply.byteLength >= bytes) return true;
  if (!reply.growable || reply.maxByteLength < bytes) return false;
  try {
    reply.grow(bytes);
  } catch {
    return false;
  }
  return true;
}

/** Sleeps until the answer is there. */
export function waitForAnswer(reply: SharedArrayBuffer): SyncAnswer {
  const words = new Int32Array(reply, 0, 3);
  while (Atomics.load(words, 0) === 0) Atomics.wait(words, 0, 0);
  const [, jsonBytes = 0, dataBytes = 0] = words;
  const bytes = new Uint8Array(reply);
  const json = bytes.slice(HEADER_BYTES, HEADER_BYTES + jsonBytes);
  const data = bytes.slice(HEADER_BYTES + jsonBytes, HEADER_BYTES + jsonBytes + dataBytes);
  const parsed = JSON.parse(decoder.decode(json)) as { code?: string; value?: unknown };
  return parsed.code === undefined ? { value: parsed.value, data } : { code: parsed.code };
}
