import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Spares, type SpareWorker } from './spares.ts';

class FakeWorker implements SpareWorker {
  onerror: ((event: ErrorEvent) => unknown) | null = null;
  ended = false;
  terminate(): void {
    this.ended = true;
  }
}

function pool(count: number) {
  const made: FakeWorker[] = [];
  const spares = new Spares(count, async () => {
    const worker = new FakeWorker();
    made.push(worker);
    return worker;
  });
  return { made, spares };
}

describe('workers that stand by', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

  it('hands each out once', async () => {
    const { made, spares } = pool(2);
    await settle();
    const [first, second] = [spares.take(), spares.take()];
    expect([first, second]).toEqual(made.slice(0, 2));
    expect(first).not.toBe(second);
    expect(spares.take()).toBeUndefined();
  });

  it('replaces one that was taken, but not at once', async () => {
    const { made, spares } = pool(1);
    await settle();
    const first = spares.take();
    await settle(100);
    expect(made.length).toBe(1);
    await settle(10_000);
    expect(made.length).toBe(2);
    expect(spares.take()).not.toBe(first);
  });

  it('drops one that fails while it waits, and lives without one that cannot be made', async () => {
    const { made, spares } = pool(1);
    await settle();
    made[0]?.onerror?.(new Event('error') as ErrorEvent);
    expect(made[0]?.ended).toBe(true);
    expect(spares.take()).toBeUndefined();

    const without = new Spares<FakeWorker>(1, () => Promise.reject(new Error('no memory')));
    await settle();
    expect(without.take()).toBeUndefined();
  });

  it('makes none when none are asked for', async () => {
    const { made, spares } = pool(0);
    await settle(10_000);
    expect([made.length, spares.take()]).toEqual([0, undefined]);
  });
});
