import type { Readable, Writable } from 'node:stream';

/** Carries what a stream of Node gives to a web stream, no faster than that takes it. */
export function pumpOut(source: Readable, target: WritableStream<Uint8Array>): void {
  const writer = target.getWriter();
  writer.closed.catch(() => source.destroy());
  let ended = false;
  const quietly = (done: Promise<void>) => void done.catch(() => undefined);
  source.on('data', (chunk: Uint8Array) => {
    source.pause();
    writer.write(chunk).then(
      () => source.resume(),
      () => source.destroy(),
    );
  });
  source.on('end', () => {
    ended = true;
    quietly(writer.close());
  });
  source.on('error', () => undefined);
  source.on('close', () => {
    if (!ended) quietly(writer.abort());
  });
}

/** Carries what a web stream gives to a stream of Node. A reader that is gone is no error. */
export async function pumpIn(
  source: ReadableStream<Uint8Array>,
  target: Writable,
  onReset: () => void,
): Promise<void> {
  const reader = source.getReader();
  target.on('error', () => undefined);
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (target.destroyed || !target.writable) continue;
      if (!target.write(next.value)) await drained(target);
    }
    target.end();
  } catch {
    onReset();
  }
}

function drained(target: Writable): Promise<void> {
  return new Promise((done) => {
    const go = () => {
      target.off('drain', go);
      target.off('close', go);
      done();
    };
    target.on('drain', go);
    target.on('close', go);
  });
}
