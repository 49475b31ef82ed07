import { describe, expect, it } from 'vitest';
import type { RawRequest, RawResponse } from '../../src/engines/engine.ts';
import { resolvePointer, type Json } from '../json.ts';
import { ConduitModel } from '../suite/testing/conduit-model.ts';
import { LibertyServer } from './liberties.ts';
import { findRefusable } from './strict.ts';
import type { Taste } from './taste.ts';

/** A server whose taste is this one in one respect. */
function serverWith<K extends keyof Taste>(name: K, value: Taste[K]): LibertyServer {
  for (let seed = 1; seed < 10_000; seed++) {
    const server = new LibertyServer(new ConduitModel(), seed);
    if (server.taste[name] === value && !server.taste.strict) return server;
  }
  throw new Error(`no seed gives ${name} ${String(value)}`);
}

function ask(server: LibertyServer, method: string, path: string, token?: string, body?: Json | string) {
  const request: RawRequest = {
    method,
    target: `/api${path}`,
    headers: token === undefined ? [] : [['Authorization', `Token ${token}`]],
    ...(body !== undefined && {
      body: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
    }),
  };
  const response = server.handle(request);
  const text = new TextDecoder().decode(response.body);
  const value: Json = text === '' ? null : JSON.parse(text);
  return {
    status: response.status,
    response,
    at: (pointer: string) => resolvePointer(value, pointer) ?? null,
  };
}

const header = ({ headers }: RawResponse, name: string) =>
  headers.find(([one]) => one.toLowerCase() === name)?.[1];

function register(server: LibertyServer, name: string): string {
  const user = { username: name, email: `${name}@mail.com`, password: 'password' };
  return String(ask(server, 'POST', '/users', undefined, { user }).at('/user/token'));
}

function write(server: LibertyServer, token: string, tagList = ['b', 'a']) {
  const article = { title: 'One two', description: 'd', body: 'b', tagList };
  return ask(server, 'POST', '/articles', token, { article });
}

describe('a server that takes liberties', () => {
  it.each(['plain', 'suffix', 'prefix', 'spaced'] as const)(
    'finds articles by its own slugs: %s',
    (slugs) => {
      const server = serverWith('slugs', slugs);
      const token = register(server, 'anna');
      const slug = String(write(server, token).at('/article/slug'));
      expect(/^[a-z0-9-]+$/.test(slug)).toBe(slugs === 'plain');
      const path = `/articles/${encodeURIComponent(slug)}`;
      expect(ask(server, 'GET', path).at('/article/slug')).toBe(slug);
      expect(ask(server, 'GET', '/articles').at('/articles/0/slug')).toBe(slug);
      if (slugs !== 'plain') expect(ask(server, 'GET', '/articles/one-two').status).toBe(404);
      expect(ask(server, 'DELETE', path, token).status).toBe(204);
      expect(ask(server, 'GET', path).status).toBe(404);
    },
  );

  it.each(['next', 'high', 'scattered', 'negative'] as const)(
    'deletes comments by its own ids: %s',
    (ids) => {
      const server = serverWith('ids', ids);
      const token = register(server, 'anna');
      const slug = encodeURIComponent(String(write(server, token).at('/article/slug')));
      const comments = `/articles/${slug}/comments`;
      const written = [1, 2].map((n) =>
        ask(server, 'POST', comments, token, { comment: { body: `${n}` } }).at('/comment/id'),
      );
      expect(new Set(written).size).toBe(2);
      expect(ask(server, 'DELETE', `${comments}/${String(written[0])}`, token).status).toBe(204);
      expect(ask(server, 'GET', comments).at('/comments/0/id')).toBe(written[1]);
      expect(ask(server, 'GET', comments).at('/comments/1')).toBe(null);
    },
  );

  it('ends old tokens at a change, or keeps them', () => {
    for (const ends of [true, false]) {
      const server = serverWith('endsOldTokens', ends);
      const token = register(server, 'anna');
      const changed = ask(server, 'PUT', '/user', token, { user: { bio: 'x' } });
      expect(ask(server, 'GET', '/user', String(changed.at('/user/token'))).at('/user/bio')).toBe('x');
      expect(ask(server, 'GET', '/user', token).status).toBe(ends ? 401 : 200);
      expect(ask(server, 'GET', '/user', `${token}x`).status).toBe(401);
    }
  });

  it('tells the same instant in its own way, always the same', () => {
    const server = serverWith('offsetMinutes', 330);
    const token = register(server, 'anna');
    const written = write(server, token);
    const time = String(written.at('/article/createdAt'));
    expect(time).toMatch(/\.\d{3,9}\+05:30$/);
    expect(Math.abs(Date.parse(time) - Date.now())).toBeLessThan(60_000);
    expect(ask(server, 'GET', '/articles').at('/articles/0/createdAt')).toBe(time);
  });

  it('says it in its own words and headers', () => {
    const server = serverWith('mediaType', 'Application/JSON; profile="x"');
    const refused = ask(server, 'POST', '/users', undefined, { user: { username: '' } });
    expect(refused.status).toBe(422);
    expect(header(refused.response, 'content-type')).toBe('Application/JSON; profile="x"');
    const further = serverWith('furtherErrors', true);
    expect(ask(further, 'GET', '/user').at('/errors/hint')).not.toBe(null);
  });

  it('answers as it likes what the contract leaves open', () => {
    const anna = (server: LibertyServer) => register(server, 'anna');
    const refusing = serverWith('invalidToken', 'refused');
    expect(ask(refusing, 'GET', '/articles', 'none').status).toBe(401);
    expect(ask(serverWith('invalidToken', 'stranger'), 'GET', '/articles', 'none').status).toBe(200);
    expect(ask(serverWith('badNumber', 'refused'), 'GET', '/articles?limit=-1').status).toBe(422);
    expect(ask(serverWith('badNumber', 'ignored'), 'GET', '/articles?limit=x').status).toBe(200);
    const own = serverWith('ownFollow', 'refused');
    expect(ask(own, 'POST', '/profiles/anna/follow', anna(own)).status).toBe(422);
    const taken = serverWith('ownFollow', 'taken');
    expect(ask(taken, 'POST', '/profiles/anna/follow', anna(taken)).status).toBe(200);
    expect(ask(serverWith('notJson', 415), 'POST', '/users', undefined, '{').status).toBe(415);
    const distinct = serverWith('distinctTags', true);
    expect(write(distinct, anna(distinct), ['a', 'a']).at('/article/tagList')).toEqual(['a']);
    const marks = serverWith('marksAreChanges', true);
    const token = anna(marks);
    const slug = encodeURIComponent(String(write(marks, token).at('/article/slug')));
    const marked = ask(marks, 'POST', `/articles/${slug}/favorite`, token);
    expect(marked.at('/article/updatedAt')).not.toBe(marked.at('/article/createdAt'));
  });
});

describe('findRefusable', () => {
  const user = { username: 'a', email: 'a@b.cd', password: '12345678' };

  it.each<[string, Json, string | undefined]>([
    ['what must be taken', { user: { ...user, username: 'ä '.repeat(50), bio: 'x'.repeat(200) } }, undefined],
    ['a long name', { user: { ...user, username: 'x'.repeat(101) } }, 'username'],
    ['a slash', { user: { ...user, username: 'a/b' } }, 'username'],
    ['dots', { user: { ...user, username: '..' } }, 'username'],
    ['an address of another form', { user: { ...user, email: 'a@b' } }, 'email'],
    ['a short password', { user: { ...user, password: '1234567' } }, 'password'],
    ['a long password', { user: { ...user, password: 'ä'.repeat(37) } }, 'password'],
    ['NUL', { article: { title: 'a\0' } }, 'title'],
    ['half a character', { article: { title: '\ud800' } }, 'title'],
    ['a title of 200 characters', { article: { title: '🐉'.repeat(200) } }, undefined],
    ['a body of 32 KiB', { comment: { body: 'x'.repeat(32_768) } }, undefined],
    ['a longer body', { comment: { body: 'x'.repeat(32_769) } }, 'body'],
    ['a long tag', { article: { tagList: ['x'.repeat(101)] } }, 'tagList'],
    ['what is not its business', { user: { username: '' } }, undefined],
    ['no object', [], undefined],
  ])('%s', (_, body, field) => {
    expect(findRefusable(body)).toBe(field);
  });
});
