import { expect, it } from 'vitest';
import { Reply } from './reply.ts';
import { timeAt } from './times.ts';

const at = (time: string) =>
  timeAt(
    new Reply({
      status: 200,
      statusText: '',
      headers: [],
      body: new TextEncoder().encode(JSON.stringify({ time })),
    }),
    '/time',
  );

it.each([
  ['2026-01-31T09:30:00Z', '2026-01-31T09:30:00.000Z'],
  ['2026-01-31T09:30:00.5Z', '2026-01-31T10:30:00.500+01:00'],
  ['2026-01-31t09:30:00.123456z', '2026-01-31T09:30:00.123456000Z'],
])('%s is %s', (one, other) => {
  expect(at(one)).toBe(at(other));
});

it('tells times apart that differ by a microsecond', () => {
  expect(at('2026-01-31T09:30:00.000002Z') - at('2026-01-31T09:30:00.000001Z')).toBe(1000n);
});

it.each(['', 'yesterday', '2026-01-31', '2026-01-31T09:30:00', '2026-13-31T09:30:00Z'])(
  '%j is no time',
  (text) => {
    expect(() => at(text)).toThrow('/time is no time');
  },
);
