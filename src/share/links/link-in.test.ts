import { expect, it } from 'vitest';
import { linkIn } from './link-in.ts';

it.each([
  ['a fragment', '#r1.ab-_9'],
  ['its text alone', 'r1.ab-_9'],
  ['an address', 'https://example.org/play/?x=1#r1.ab-_9'],
  ['percent-encoding', '#r1%2Eab%2D%5F9'],
  ['an address that was encoded as a whole', 'https%3A%2F%2Fexample.org%2F%23r1.ab-_9'],
  ['lines', ' #r1.ab\r\n -_9\n'],
  ['blanks as a chat encodes them', '#r1.ab%20%0A-_9%20'],
  ['a soft break and a mark of direction', '#r1.ab\u200b-_\u20609\u200e'],
  ['the end of a sentence', '#r1.ab-_9).”'],
  ['padding', '#r1.ab-_9=='],
  ['the parameters of a tracker', '#r1.ab-_9&utm_source=chat'],
])('finds a link in %s', (_, text) => expect(linkIn(text)).toBe('#r1.ab-_9'));

it('takes a link that was cut off after its form for one', () => {
  for (const text of ['#r1', 'r1.', 'https://example.org/#r1']) expect(linkIn(text)).toBe('#r1.');
  expect(linkIn('#r12.a')).toBe('#r12.a');
});

it('finds none in anything else', () => {
  for (const text of [
    '',
    '#',
    '#history/r1',
    '#run',
    '#r1x',
    '#r12345.a',
    'https://example.org/app.zip',
    '#%E0%A4%A',
  ])
    expect(linkIn(text)).toBeUndefined();
});

it('is not kept busy by a text that is made for it', () => {
  for (const text of [
    '#'.repeat(200_000),
    'r1.'.repeat(100_000),
    `#r1.${'.'.repeat(200_000)}a`,
    '%'.repeat(200_000),
  ])
    linkIn(text);
});
