import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Notices } from './notices.svelte.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const texts = (notices: Notices): string[] => notices.list.map(({ text }) => text);

it('lets news go by themselves, and keeps faults', () => {
  const notices = new Notices();
  notices.add('a fault');
  notices.say('done');
  vi.advanceTimersByTime(60_000);
  expect(texts(notices)).toEqual(['a fault']);
});

it('keeps news that are being read, and counts their time anew after that', () => {
  const notices = new Notices();
  const id = notices.say('done');
  vi.advanceTimersByTime(11_000);
  notices.hold(id);
  vi.advanceTimersByTime(60_000);
  expect(texts(notices)).toEqual(['done']);
  notices.resume(id);
  vi.advanceTimersByTime(11_000);
  expect(texts(notices)).toEqual(['done']);
  vi.advanceTimersByTime(2_000);
  expect(texts(notices)).toEqual([]);
});

it('does what a notice offers once', async () => {
  const notices = new Notices();
  const run = vi.fn();
  const id = notices.say('deleted', { action: { label: 'Undo', run } });
  await notices.act(id);
  await notices.act(id);
  expect(run).toHaveBeenCalledOnce();
  expect(texts(notices)).toEqual([]);
});

it('says the same thing once, with the newer action, and no more than a few things', () => {
  const notices = new Notices();
  const first = vi.fn();
  const second = vi.fn();
  notices.say('deleted', { action: { label: 'Undo', run: first } });
  const id = notices.say('deleted', { action: { label: 'Undo', run: second } });
  void notices.act(id);
  expect(first).not.toHaveBeenCalled();
  expect(second).toHaveBeenCalledOnce();
  for (let index = 0; index < 10; index++) notices.add(`fault ${index}`);
  notices.add('fault 9');
  expect(texts(notices)).toEqual(['fault 6', 'fault 7', 'fault 8', 'fault 9']);
});
