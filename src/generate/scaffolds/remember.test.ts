import { describe, expect, it } from 'vitest';
import type { AskRequest } from '../client/types.ts';
import { lasting, rememberAnswers } from './remember.ts';
import { FakeClient } from './testing/fake-client.ts';

describe('what lasts of a text', () => {
  it.each([
    ['added 67 packages in 3s', 'added 67 packages in 412ms'],
    ['[2026-11-21 10:00:01] ready', '[2026-11-22 09:12:59] ready'],
    ['"createdAt":"2026-11-21T22:58:12.123Z"', '"createdAt":"2026-11-22T01:02:03.004Z"'],
    ['Sat Nov 21 2026', 'Sun Nov 22 2026'],
    ['Date: Sat, 21 Nov 2026 22:58:12 GMT', 'Date: Sun, 22 Nov 2026 01:02:03 GMT'],
    [
      'got: {"token":"eyJhbGciOiJIUzI1NiJ9.eyJpYXQiOjE3MDB9.c2ln"}',
      'got: {"token":"eyJhbGciOiJIUzI1NiJ9.eyJpYXQiOjE3OTk5fQ.eHl6"}',
    ],
    ['id 3f0a6a52-7c1d-4f0e-9a86-0d7c1b2a3e4f', 'id 00000000-7c1d-4f0e-9a86-ffffffffffff'],
    ['"_id":"65f1c0ffee65f1c0ffee65f1"', '"_id":"70aabbccddeeff0011223344"'],
    ['"password":"$2b$10$abcdefghijk./ABC"', '"password":"$2b$10$ZZZZZZZZZZZ./DEF"'],
    ['"session":"V1StGXR8Z5jdHi6BmyT0k"', '"session":"aQ9pLm2XwE7rTz4KcVb1n"'],
    ['listening on http://localhost:41233/api', 'listening on http://localhost:38011/api'],
    ['connect ECONNREFUSED 127.0.0.1:41233', 'connect ECONNREFUSED 127.0.0.1:50001'],
    ['Listening on port 41233', 'Listening on port 5001'],
    ['[pid 4711] worker', '[pid 12] worker'],
    ['<Session object at 0x7f3a11c0>', '<Session object at 0x7f99aa10>'],
    ['/tmp/npm-4711-ab/log.txt', '/tmp/npm-9-cd/log.txt'],
    ['"iat":1795301892', '"iat":1795388001'],
    ['"now":1795301892123', '"now":1795388001999'],
    ['a\n[5,412 characters left out]\nb', 'a\n[5,409 characters left out]\nb'],
  ])('is the same in %j and %j', (one, other) => {
    expect(lasting(one)).toBe(lasting(other));
  });

  it.each([
    ['850 of 886 checks passed', '851 of 886 checks passed'],
    ['expected: 200', 'expected: 404'],
    ['- GET /tags (tags.list.status): the status is 200', '- GET /user (user.get.status): the status is 200'],
    ['routes/articles.js:12:4 is read', 'routes/articles.js:13:4 is read'],
    ['"slug":"how-to-train-your-dragon"', '"slug":"how-to-train-your-dragon-1"'],
    ['added 67 packages', 'added 68 packages'],
    ['[exit code 0]', '[exit code 1]'],
    ['Cannot find module "koa"', 'Cannot find module "koa-router"'],
  ])('differs between %j and %j', (one, other) => {
    expect(lasting(one)).not.toBe(lasting(other));
  });

  it('takes little time for a long text, whatever is in it', () => {
    for (const text of [
      'aB1'.repeat(200_000),
      '1'.repeat(600_000),
      'eyJ'.repeat(200_000),
      '[1,'.repeat(200_000),
    ])
      expect(lasting(text).length).toBeLessThanOrEqual(text.length);
  }, 10_000);
});

describe('an answer that was kept', () => {
  const kept = new Map<string, Awaited<ReturnType<FakeClient['ask']>>>();
  const memory = {
    find: (key: string) => Promise.resolve(kept.get(key)),
    keep: (key: string, answer: Awaited<ReturnType<FakeClient['ask']>>) =>
      Promise.resolve(void kept.set(key, answer)),
  };
  const round = (prompt: string, told: string): AskRequest => ({
    messages: [
      { role: 'user', text: prompt },
      { role: 'assistant', text: 'the server' },
      { role: 'user', text: told },
    ],
  });

  it('is used for a round of repair whose run said the same at another time, and for no other', async () => {
    const fake = new FakeClient(['one', 'two', 'three']);
    const ask = (request: AskRequest) => rememberAnswers(fake, memory, 'a').ask(request);
    const told = (token: string, passed: number): string =>
      `${passed} of 886 checks passed.\n  response: 200 {"token":"eyJhbGciOiJ9.${token}.c2ln"}`;
    expect((await ask(round('a prompt of 10 s', told('abc', 850)))).text).toBe('one');
    expect((await ask(round('a prompt of 10 s', told('xyz', 850)))).text).toBe('one');
    expect((await ask(round('a prompt of 10 s', told('abc', 851)))).text).toBe('two');
    // The prompt is taken as it is.
    expect((await ask(round('a prompt of 20 s', told('abc', 850)))).text).toBe('three');
  });
});
