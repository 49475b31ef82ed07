import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../domain/verdict.ts';
import { newestIn, usersIn } from './users.ts';

function exchange(target: string, asked: unknown, status: number, answered: unknown): Exchange {
  return {
    name: 'x',
    request: { method: 'POST', target, headers: [], body: JSON.stringify(asked) },
    response: { status, statusText: '', headers: [], body: JSON.stringify(answered), truncated: false },
    ms: 1,
  };
}
const user = (username: string, token: string, more = {}) => ({
  user: { username, email: `${username}@mail.com`, token, ...more },
});

describe('usersIn', () => {
  it('finds who registered, with the newest token and the password at hand', () => {
    const found = usersIn([
      exchange('/api/users', { user: { password: 'one' } }, 201, user('ann', 't1')),
      exchange('/api/users', { user: { password: 'two' } }, 201, user('bob', 't2')),
      exchange('/api/users/login', { user: { password: 'one' } }, 200, user('ann', 't3')),
      exchange('/api/user', undefined, 200, user('bob', 't4')),
    ]);
    expect(found).toEqual([
      { username: 'ann', email: 'ann@mail.com', password: 'one', token: 't3' },
      { username: 'bob', email: 'bob@mail.com', password: 'two', token: 't4' },
    ]);
  });

  it('follows a new name, and takes nobody from refusals, other answers or what is no JSON', () => {
    const renamed = { user: { username: 'anna', email: 'ann@mail.com', token: 't5' } };
    const found = usersIn([
      undefined,
      exchange('/api/users', { user: { password: 'one' } }, 201, user('ann', 't1')),
      exchange('/api/user', { user: { username: 'anna' } }, 200, renamed),
      exchange('/api/users', {}, 422, user('eve', 't')),
      exchange('/api/articles', {}, 201, user('eve', 't')),
      exchange('/api/users', {}, 201, { user: { username: 3, email: [], token: {} } }),
      {
        name: 'y',
        request: { method: 'POST', target: '/api/users', headers: [], body: '{' },
        error: 'no',
        ms: 1,
      },
    ]);
    expect(found).toEqual([{ username: 'anna', email: 'ann@mail.com', password: 'one', token: 't5' }]);
  });
});

describe('newestIn', () => {
  it('finds the newest slug and comment that an answer named', () => {
    const exchanges = [
      exchange('/api/articles', {}, 201, { article: { slug: 'old' } }),
      exchange('/api/articles', {}, 201, { article: { slug: 'new' } }),
      exchange('/api/articles/new/comments', {}, 200, { comment: { id: 7 } }),
      exchange('/api/articles', {}, 422, { article: { slug: 'refused' } }),
    ];
    expect(['slug', 'id', 'other'].map((name) => newestIn(exchanges, name))).toEqual(['new', '7', undefined]);
  });
});
