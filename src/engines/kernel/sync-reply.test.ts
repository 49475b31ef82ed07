import { expect, it } from 'vitest';
import { answer, createReply, waitForAnswer } from './sync-reply.ts';

it('carries a value and data of any size to the process that sleeps', () => {
  const reply = createReply();
  const data = new Uint8Array(100_000).fill(7);
  answer(reply, { value: { pid: 3, text: 'é' }, data });
  expect(waitForAnswer(reply)).toEqual({ value: { pid: 3, text: 'é' }, data });
});

it('carries a code in place of a value', () => {
  const reply = createReply();
  answer(reply, { code: 'ENOENT' });
  expect(waitForAnswer(reply)).toEqual({ code: 'ENOENT' });
});

it('says E2BIG to a buffer that cannot hold the answer, and nothing to one that can hold none', () => {
  const small = new SharedArrayBuffer(128);
  answer(small, { value: 'x'.repeat(1_000) });
  expect(waitForAnswer(small)).toEqual({ code: 'E2BIG' });
  const none = new SharedArrayBuffer(4);
  answer(none, { value: 1 });
  expect(new Int32Array(none)[0]).toBe(0);
});
