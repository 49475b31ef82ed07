import { describe, expect, it } from 'vitest';
import { readAddress } from './address.ts';

describe('an address that a person typed', () => {
  it.each([
    ['#r1.abc', '#r1.abc'],
    ['r1.abc', '#r1.abc'],
    ['https://example.org/play/#r1.abc', '#r1.abc'],
    ['http://localhost:8080/#r12.a\n bc', '#r12.abc'],
  ])('%j is a run', (input, fragment) => {
    expect(readAddress(input)).toEqual({ kind: 'run', fragment });
  });

  it('is a file when it is https', () => {
    const address = readAddress(' https://example.org/app.zip?x=1 ');
    expect(address.kind === 'file' && address.url.href).toBe('https://example.org/app.zip?x=1');
  });

  it.each([
    [
      'https://github.com/ann/app/blob/main/src/a%20b.js',
      'https://raw.githubusercontent.com/ann/app/main/src/a%20b.js',
    ],
    [
      'https://gist.github.com/ann/0123456789abcdef0123456789abcdef',
      'https://api.github.com/gists/0123456789abcdef0123456789abcdef',
    ],
    ['https://github.com/ann/app/archive/main.zip', 'https://github.com/ann/app/archive/main.zip'],
    ['https://github.com/ann/app', 'https://github.com/ann/app'],
    ['https://gist.github.com/ann', 'https://gist.github.com/ann'],
    [
      'https://github.com.evil.example/ann/app/blob/main/a.js',
      'https://github.com.evil.example/ann/app/blob/main/a.js',
    ],
  ])('%s leads to the file behind the page', (input, href) => {
    const address = readAddress(input);
    expect(address.kind === 'file' && address.url.href).toBe(href);
  });

  it.each([
    ['app.zip', /begins with https/],
    ['http://example.org/app.zip', /http:\/\/ are not fetched/],
    ['javascript:alert(1)', /javascript:/],
    ['file:///etc/passwd', /file:/],
    ['https://ann:secret@example.org/app.zip', /password/],
  ])('refuses %s', (input, why) => {
    const address = readAddress(input);
    expect(address.kind === 'refused' && address.why).toMatch(why);
    expect(JSON.stringify(address)).not.toContain('secret');
  });

  it('is empty without text', () => expect(readAddress('  ')).toEqual({ kind: 'empty' }));
});
