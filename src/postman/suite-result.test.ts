import { expect, it } from 'vitest';
import { failuresOutsideTests, toSuiteResult } from './suite-result.ts';
import { execution, result } from './testing/results.ts';

const passed = (name: string) => ({ name, status: 'passed' as const, script: 'test' as const, index: 0 });

it('has one assertion for each test that was executed', () => {
  const made = result(
    execution('Tags', {
      folders: ['Outer', 'Inner'],
      assertions: [
        passed('status'),
        {
          ...passed('body'),
          status: 'failed',
          error: { name: 'AssertionError', message: 'expected 1 to equal 2' },
        },
        { ...passed('later'), status: 'skipped' },
      ],
    }),
    execution('nothing', { assertions: [] }),
  );
  const suite = toSuiteResult(made);
  expect(suite.suite).toEqual({ id: 'postman', version: '0123456789ab' });
  expect(suite.exchanges).toBe(made.exchanges);
  expect(suite.assertions).toEqual([
    {
      id: 'Outer/Inner/Tags#1:status',
      group: 'Outer / Inner',
      endpoint: 'GET /tags',
      sentence: 'status',
      status: 'passed',
      exchange: 0,
    },
    expect.objectContaining({ sentence: 'body', status: 'failed', message: 'expected 1 to equal 2' }),
    expect.objectContaining({ sentence: 'later', status: 'passed', message: 'skipped by the collection' }),
  ]);
});

it('gives ids that are unique and do not depend on what came before in other requests', () => {
  const tests = [passed('twice'), passed('twice'), passed(' twice'), passed('a/b#1:c~2')];
  const { assertions } = toSuiteResult(
    result(
      execution('loop', { assertions: tests }),
      execution('loop', { assertions: tests }),
      execution('a/b', { assertions: [passed('x')] }),
      execution('b', { folders: ['a'], assertions: [passed('x')] }),
    ),
  );
  const ids = assertions.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toContain('loop#2:twice~2');
  expect(ids).toContain('a%2Fb#1:x');
  expect(ids).toContain('a/b#1:x');
});

it('names endpoints as the contract does', () => {
  const endpointOf = (method: string, path: string) =>
    toSuiteResult(result(execution('x', { method, url: `http://localhost:3000${path}` }))).assertions[0]
      ?.endpoint;
  expect(endpointOf('GET', '/api/articles/how-to?x=1')).toBe('GET /articles/{slug}');
  expect(endpointOf('GET', '/api/articles/feed')).toBe('GET /articles/feed');
  expect(endpointOf('DELETE', '/api/articles/a/comments/3/')).toBe('DELETE /articles/{slug}/comments/{id}');
  expect(endpointOf('GET', '/other')).toBe('GET /other');
  expect(endpointOf('PATCH', '/api/articles')).toBe('PATCH /articles');
});

it('counts apart what fails outside of tests', () => {
  const thrown = { script: 'test' as const, name: 'Error', message: 'x', at: 'test-script' };
  const made = result(
    execution('a', { scriptErrors: [thrown, thrown] }),
    execution('b', { sent: { total: 2, failed: 1 } }),
  );
  expect(failuresOutsideTests(made)).toBe(3);
  expect(failuresOutsideTests(result(execution('a')))).toBe(0);
});
