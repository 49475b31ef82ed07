import { expect, it } from 'vitest';
import { linkIn } from './open-link.ts';

it('finds a link in an address, alone, and broken over lines', () => {
  expect(linkIn('https://play.example/x/?a=1#r1.H4sI_-9')).toBe('#r1.H4sI_-9');
  expect(linkIn('  #r1.abc  ')).toBe('#r1.abc');
  expect(linkIn('#r1.abc\n def')).toBe('#r1.abcdef');
  expect(linkIn('> <https://play.example/#r22.abc>')).toBe('#r22.abc');
});

it('finds none where there is none', () => {
  for (const text of ['', 'https://example.com/a.zip', '#help', 'r1.abc', '#r1', '#rx.abc'])
    expect(linkIn(text)).toBeUndefined();
});
