import type { CollectionExecution, CollectionResult } from '../../domain/collection.ts';

/** An execution in which everything went well; `more` replaces parts of it. */
export function execution(name: string, more: Partial<CollectionExecution> = {}): CollectionExecution {
  return {
    folders: [],
    name,
    itemId: '',
    position: 0,
    method: 'GET',
    url: 'http://localhost:3000/api/tags',
    exchange: 0,
    sent: { total: 1, failed: 0 },
    scripts: { prerequest: 0, test: 1 },
    assertions: [{ name: 'is there', status: 'passed', script: 'test', index: 0 }],
    scriptErrors: [],
    ...more,
  };
}

/** A result with one exchange, which every execution of `execution` has. */
export function result(...executions: CollectionExecution[]): CollectionResult {
  return {
    name: 'made by hand',
    sha256: '0123456789abcdef'.repeat(4),
    executions,
    exchanges: [
      {
        name: 'tags',
        request: { method: 'GET', target: '/api/tags', headers: [['Host', 'localhost:3000']] },
        response: {
          status: 200,
          statusText: 'OK',
          headers: [['content-type', 'application/json']],
          body: '{"tags":["ü"]}',
          truncated: false,
        },
        ms: 2.4,
      },
    ],
    console: [],
    startedAt: '2026-01-01T12:00:00.000Z',
    ms: 20,
    standIns: [],
  };
}
