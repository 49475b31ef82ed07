import { describe, expect, it } from 'vitest';
import { Input, readsInput } from './input.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('Input', () => {
  it('gives all of it once it has ended, whenever it came', async () => {
    const input = new Input();
    input.push(bytes('a'));
    const all = input.all();
    input.push(bytes('b'));
    input.push(null);
    input.push(bytes('c'));
    expect(new TextDecoder().decode(await all)).toBe('ab');
  });

  it('hands over what came and what comes', () => {
    const input = new Input();
    const seen: (string | null)[] = [];
    input.push(bytes('a'));
    input.forward((part) => seen.push(part === null ? null : new TextDecoder().decode(part)));
    input.push(bytes('b'));
    input.push(null);
    expect(seen).toEqual(['a', 'b', null]);
  });
});

describe('readsInput', () => {
  it.each([
    'cat',
    'cat -',
    'grep -v x',
    'grep -e x',
    'head -n 3',
    'tr a b',
    'tee f',
    'sort -k 2',
    'xargs rm',
  ])('%s', (line) => {
    const [tool = '', ...args] = line.split(' ');
    expect(readsInput(tool, args)).toBe(true);
  });

  it.each(['cat f', 'ls', 'grep x f', 'grep -e x f', 'head -n 3 f', 'sed s/a/b/ f', 'echo a', 'cat --help'])(
    'not %s',
    (line) => {
      const [tool = '', ...args] = line.split(' ');
      expect(readsInput(tool, args)).toBe(false);
    },
  );
});
