import type { LogLine } from '../../domain/run.ts';
import type { AssertionResult, Exchange } from '../../domain/verdict.ts';

/** As many results as the whole suite gives, most of them failed, with what the server wrote meanwhile. */

const count = 886;
const perExchange = 4;
const endpoints = ['POST /users', 'GET /articles', 'DELETE /articles/{slug}/comments/{id}'];
const slug = 'a-day-out';
const token = 'eyJhbGciOi.crowd.token';

export const crowdAssertions: readonly AssertionResult[] = Array.from({ length: count }, (_, index) => {
  const endpoint = endpoints[Math.floor((index / count) * endpoints.length)] ?? '';
  const failed = index % 3 !== 1;
  return {
    id: `crowd.case-${index}.status`,
    group: index % 2 === 0 ? 'Even' : 'Odd',
    endpoint,
    sentence: `The status of case ${index} is 200.`,
    pointer: '/paths/~1users/post/responses/201',
    status: failed ? 'failed' : 'passed',
    exchange: Math.floor(index / perExchange),
    ...(failed && {
      message: 'the status is not 200',
      expected: '{"status":200,"a":1}',
      got: '{"status":500,"a":1}',
    }),
  };
});

/** Milliseconds between two requests. */
const every = 300;

export const crowdExchanges: readonly Exchange[] = Array.from(
  { length: Math.ceil(count / perExchange) },
  (_, index): Exchange => ({
    name: `crowd.case-${index}`,
    at: 1_000 + index * every,
    request: {
      method: index === 0 ? 'POST' : 'DELETE',
      target: index === 0 ? '/api/articles' : `/api/articles/${slug}/comments/${index}`,
      headers: index === 0 ? [] : [['Authorization', `Token ${token}`]],
      body: index === 0 ? '{"it":"\'s"}' : '',
    },
    response: {
      status: index === 0 ? 201 : 500,
      statusText: index === 0 ? 'Created' : 'Internal Server Error',
      headers: [],
      body: index === 0 ? JSON.stringify({ article: { slug, token } }) : '{"errors":{"body":["boom"]}}',
      truncated: index === 2,
    },
    ms: 12,
  }),
);

/** The second request fails with a trace that comes a little late. */
export const crowdLog: readonly LogLine[] = [
  'TypeError: Cannot read properties of undefined (reading \u001b[31m"id"\u001b[0m)',
  '    at remove (file:///app/src/server.js:1:8)',
  '    at Layer.handle (/app/node_modules/express/lib/router/layer.js:95:5)',
].map((text) => ({ at: 1_000 + every + 40, stage: 'suite', stream: 'stderr', text }));
