import { describe, expect, it } from 'vitest';
import { counted, formatBytes, formatMs, formatShare } from './format.ts';
import { indentJson } from './json.ts';
import { consoleText, maxShown, shown, visibleText } from './visible.ts';

describe('visibleText', () => {
  it('shows what would be invisible or turn the text around, and keeps the rest', () => {
    expect(visibleText('a\u202eb\u2066c\u200bd\u0000e\u001bf\ud800g')).toBe(
      'a‹U+202E›b‹U+2066›c‹U+200B›d‹U+0000›e‹U+001B›f‹U+D800›g',
    );
    expect(visibleText('one\r\ntwo\tthree ünï 漢字 😀')).toBe('one\ntwo\tthree ünï 漢字 😀');
  });

  it('keeps huge texts out of the page', () => {
    const text = shown('x'.repeat(5_000_000));
    expect(text.length).toBeLessThan(maxShown + 100);
    expect(text).toContain('4,980,000 more characters');
    expect(consoleText('y'.repeat(2_000_000)).length).toBeLessThan(2_000);
  });

  it('takes terminal colours from console lines', () => {
    expect(consoleText('\u001b[32mGET\u001b[0m /api\r')).toBe('GET /api');
  });
});

describe('indentJson', () => {
  it('breaks lines and keeps every token as it was', () => {
    expect(indentJson('{"a":1.0e400,"a":[],"b":{},"c":[1,"x,\\"{:"]}')).toBe(
      '{\n  "a": 1.0e400,\n  "a": [],\n  "b": {},\n  "c": [\n    1,\n    "x,\\"{:"\n  ]\n}',
    );
  });

  it('leaves anything else alone', () => {
    expect(indentJson('<html>{"a":1}')).toBe('<html>{"a":1}');
    expect(indentJson('')).toBe('');
  });

  it('leaves alone what would grow without end', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    expect(indentJson(deep)).toBe(deep);
    const long = JSON.stringify('\\'.repeat(10_000_000));
    expect(indentJson(long)).toBe(long);
    expect(indentJson('[[1]]')).toBe('[\n  [\n    1\n  ]\n]');
  });
});

describe('numbers for people', () => {
  it('never rounds a failure up to all, nor something down to nothing', () => {
    expect([0, 0.0001, 0.5, 0.9999, 1].map(formatShare)).toEqual(['0 %', '0.1 %', '50 %', '99.9 %', '100 %']);
  });

  it('writes times, sizes and counts', () => {
    expect([38.4, 999.6, 1_400, 59_960, 125_000].map(formatMs)).toEqual([
      '38 ms',
      '1.0 s',
      '1.4 s',
      '1 min 00 s',
      '2 min 05 s',
    ]);
    const sizes = [812, 3_400, 1_200_000, 10_737_600_000];
    expect(sizes.map(formatBytes)).toEqual(['812 B', '3.4 kB', '1.2 MB', '10.7 GB']);
    expect([counted(1, 'file'), counted(2_000, 'file')]).toEqual(['1 file', '2,000 files']);
  });
});
