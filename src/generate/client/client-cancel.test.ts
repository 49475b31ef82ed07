import { describe, expect, it } from 'vitest';
import { askedServers, errorOf, question } from './testing/asking.ts';
import type { Reply } from './testing/model-server.ts';

const { withServer } = askedServers();

describe('cancelling', () => {
  it.each([
    ['before', { text: 'x' }, 0],
    ['while the headers are waited for', { hang: 'headers' }, 60],
    ['within the stream', { text: 'x'.repeat(4_000), gapMs: 5 }, 150],
    ['between two attempts', { status: 429, body: {}, headers: { 'Retry-After': '2' } }, 150],
  ] satisfies [string, Reply, number][])('is at once %s', async (_, reply, afterMs) => {
    const { ask } = await withServer({ replies: [reply] });
    const controller = new AbortController();
    let late = 0;
    const promise = errorOf(
      ask(question, {
        ask: { signal: controller.signal, onText: () => controller.signal.aborted && late++ },
      }),
    );
    if (afterMs > 0) await new Promise((resolve) => setTimeout(resolve, afterMs));
    controller.abort();
    const begin = performance.now();
    expect(await promise).toMatchObject({ kind: 'cancelled' });
    expect(performance.now() - begin).toBeLessThan(1_500);
    expect(late).toBe(0);
  });

  it('lets go of the connection', async () => {
    const { server, ask } = await withServer({ replies: [{ text: 'x'.repeat(4_000), gapMs: 5 }] });
    const controller = new AbortController();
    const promise = errorOf(
      ask(question, { ask: { signal: controller.signal, onText: () => controller.abort() } }),
    );
    expect((await promise).partial?.text).toContain('x');
    await expect.poll(() => server.dropped).toBe(1);
  });
});
