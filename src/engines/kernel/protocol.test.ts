import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { processMessage } from './protocol.ts';

describe('messages from a process', () => {
  it.each([
    [{ type: 'output', stream: 'stdout', bytes: [1, 2] }],
    [{ type: 'exit', code: '0' }],
    [{ type: 'listen', id: 1, port: 65_536 }],
    [{ type: 'spawn', id: 1, command: 'sh', args: ['-c', 1], cwd: '/', env: {} }],
    [{ type: 'spawn', id: 1, command: 'sh', args: [], cwd: '/', env: { A: 1 } }],
    [{ type: 'unsupported', reason: 'because', detail: '' }],
    [{ type: 'substitution', package: 'x'.repeat(70_000), kind: 'core', detail: '' }],
    [{ type: 'boot', env: {}, runtimes: [] }],
    [{ type: 'sync', reply: new ArrayBuffer(8), request: { call: 'listen', port: 1 } }],
    [{ type: 'sync', reply: new SharedArrayBuffer(8), request: { call: 'listen', port: -1 } }],
    [{ type: 'sync', reply: new SharedArrayBuffer(8), request: { call: 'run', command: 'x', args: [] } }],
    [
      {
        type: 'sync',
        reply: new SharedArrayBuffer(8),
        request: { call: 'thread', argv: [], env: {}, cwd: '/', port: 1 },
      },
    ],
    [42],
  ])('refuses %j', (message) => {
    expect(v.safeParse(processMessage, message).success).toBe(false);
  });

  it('takes system calls', () => {
    expect(v.safeParse(processMessage, { type: 'listen', id: 1, port: 0 }).success).toBe(true);
    expect(
      v.safeParse(processMessage, { type: 'connect', id: 2, host: 'localhost', port: 5432 }).success,
    ).toBe(true);
  });
});
