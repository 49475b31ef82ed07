import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Exchange } from '../../domain/verdict.ts';
import { shellWord, toCurl, toFetch, toHttp } from './curl.ts';

const run = promisify(execFile);
interface Seen {
  method: string | undefined;
  url: string | undefined;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}
const seen: Seen[] = [];
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { method, url, headers } = request;
    seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
    response.end('ok');
  });
});
let origin: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const awkward = `it's "quoted" $HOME \`id\` \\n !! ;|&\n\ttab é 漢 \u0007\u202e`;

it.each(['plain', '', "it's", awkward, '$(touch x)', '-n', '~', '*', 'a\rb', '\\x41\u00010', '\u007f7'])(
  'gives %j to bash as one word',
  async (text) => {
    const { stdout } = await run('bash', ['-c', `printf '<%s>' ${shellWord(text)}`]);
    expect(stdout).toBe(`<${text}>`);
  },
);

it('never puts a control character into the command', () => {
  expect(shellWord(awkward)).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

const request = (change: Partial<Exchange['request']>): Exchange['request'] => ({
  method: 'POST',
  target: '/api/articles',
  headers: [
    ['Host', origin.slice('http://'.length)],
    ['Content-Type', 'application/json'],
    ['Authorization', "Token it's.me"],
    ['X-Empty', ''],
    ['Content-Length', '999'],
  ],
  body: awkward,
  ...change,
});

it.each<[string, Partial<Exchange['request']>]>([
  ['a POST with a body', {}],
  ['a body of shell characters that is a file’s name to curl', { body: '@/etc/hostname' }],
  ['a PUT', { method: 'PUT', body: '{"a":[1]}' }],
  ['a DELETE without a body', { method: 'DELETE', body: '' }],
  [
    'a GET with a query, dots and brackets',
    { method: 'GET', target: '/api/../x?tag={a,b}&q=[1-3]', body: '' },
  ],
  ['a body that has the character of code 0', { body: 'a\0b\n\0' }],
])('makes curl send %s as it was', async (_, change) => {
  const wanted = request(change);
  await run('bash', ['-c', toCurl(wanted, origin)]);
  const got = seen.at(-1);
  expect(got).toMatchObject({
    method: wanted.method,
    url: wanted.target,
    body: wanted.body ?? '',
    headers: {
      authorization: "Token it's.me",
      'content-type': 'application/json',
      'x-empty': '',
      host: origin.slice('http://'.length),
    },
  });
});

it('keeps a body without a type without one, and another host', async () => {
  await run('bash', ['-c', toCurl(request({ headers: [['Host', 'elsewhere:1']] }), origin)]);
  expect(seen.at(-1)?.headers['content-type']).toBeUndefined();
  expect(seen.at(-1)?.headers.host).toBe('elsewhere:1');
});

it('makes fetch send the same', async () => {
  const code = toFetch(request({}), origin);
  expect(code).not.toContain('\u202e');
  await run(process.execPath, ['--input-type=module', '-e', code]);
  expect(seen.at(-1)).toMatchObject({ method: 'POST', url: '/api/articles', body: awkward });
  await run(process.execPath, [
    '--input-type=module',
    '-e',
    toFetch(request({ method: 'GET', body: '' }), origin),
  ]);
  expect(seen.at(-1)).toMatchObject({ method: 'GET', body: '' });
});

it('writes the request as it goes over the wire', () => {
  expect(toHttp({ method: 'GET', target: '/a', headers: [['Host', 'x']] })).toBe(
    'GET /a HTTP/1.1\r\nHost: x\r\n\r\n',
  );
});
