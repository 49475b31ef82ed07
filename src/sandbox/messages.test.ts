import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { guestMessage, hostMessage, replies } from './messages.ts';

const hostile: unknown[] = [
  undefined,
  null,
  'reply',
  {},
  { type: 'unknown' },
  { type: 'output', pid: -1, stream: 'stdout', bytes: new Uint8Array() },
  { type: 'output', pid: 2, stream: 'stdin', bytes: new Uint8Array() },
  { type: 'output', pid: 2, stream: 'stdout', bytes: 'text' },
  { type: 'output', pid: 2, stream: 'stdout', bytes: { byteLength: 1e9 } },
  { type: 'exit', pid: 2, command: 'x', code: 1.5 },
  { type: 'listen', port: 70_000, pid: 2 },
  { type: 'log', level: 'fatal', message: '' },
  { type: 'log', level: 'info', message: 'x'.repeat(100_000) },
  {
    type: 'package',
    id: 1,
    request: { kind: 'registryArchive', ecosystem: 'cargo', url: '', integrity: '' },
  },
  {
    type: 'package',
    id: 1,
    request: { kind: 'archive', ecosystem: 'npm', name: 'x'.repeat(5_000), version: '1' },
  },
  { type: 'failure', id: Number.NaN, code: 'EIO', message: '' },
];

describe('messages from a sandbox', () => {
  it.each(hostile.map((message, index) => [index, message] as const))(
    'refuses hostile message %i',
    (_, message) => {
      expect(v.safeParse(guestMessage, message).success).toBe(false);
    },
  );

  it('takes what a kernel sends', () => {
    for (const message of [
      { type: 'ready' },
      { type: 'output', pid: 2, stream: 'stderr', bytes: new Uint8Array([1]) },
      { type: 'exit', pid: 2, command: 'node app.js', code: 137 },
      { type: 'reply', id: 1, value: null },
      {
        type: 'package',
        id: 3,
        request: { kind: 'archive', ecosystem: 'npm', name: '@a/b', version: '1.0.0' },
      },
    ]) {
      expect(v.safeParse(guestMessage, message).success).toBe(true);
    }
  });

  it('checks answers by what was asked', () => {
    expect(v.safeParse(replies.pid, '2').success).toBe(false);
    expect(v.safeParse(replies.entries, [{ name: 'a', type: 'socket' }]).success).toBe(false);
    expect(v.safeParse(replies.connection, { connection: 1, channel: {} }).success).toBe(false);
    expect(
      v.safeParse(replies.connection, { connection: 1, channel: new MessageChannel().port1 }).success,
    ).toBe(true);
  });
});

describe('messages to a kernel', () => {
  it('are parsed too', () => {
    expect(
      v.safeParse(hostMessage, { type: 'call', id: 1, call: { method: 'eval', code: '1' } }).success,
    ).toBe(false);
    expect(
      v.safeParse(hostMessage, { type: 'call', id: 1, call: { method: 'connect', port: -1 } }).success,
    ).toBe(false);
    expect(v.safeParse(hostMessage, { type: 'kill', pid: 2, signal: 15 }).success).toBe(true);
    const files = { constructor: 'a', prototype: 'b', 'a.js': Uint8Array.of(1) };
    const mount = { type: 'call', id: 1, call: { method: 'mount', files } };
    expect(v.parse(hostMessage, mount)).toEqual(mount);
  });
});
