import { describe, expect, it } from 'vitest';
import type { FileMap, Process, Sandbox } from '../../engine.ts';
import { below } from './files.ts';
import { Keyboard, toTerminal } from './terminal.ts';
import { readTree, writeTree } from './tree.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const tree = (value: unknown) => readTree(bytes(JSON.stringify(value)));

describe('a mounted tree', () => {
  it('becomes files by their paths: text, bytes, nested', () => {
    const files = tree({
      d: { 'a.txt': { f: { c: 'ü' } }, dir: { d: { 'b.bin': { f: { c: '\u0000\u00ff', b: true } } } } },
    });
    expect(files).toEqual({ 'a.txt': 'ü', 'dir/b.bin': new Uint8Array([0, 255]) });
  });

  it.each([
    ['a name that leads up', { d: { '..': { f: { c: '' } } } }],
    ['a name with a slash', { d: { 'a/b': { f: { c: '' } } } }],
    ['a link', { d: { a: { f: { l: '/etc/passwd' } } } }],
    ['no tree', { x: 1 }],
    [
      'what is too deep',
      JSON.parse(`${'{"d":{"a":'.repeat(200)}{"f":{"c":""}}${'}}'.repeat(200)}`) as unknown,
    ],
  ])('is refused for %s', (_what, value) => {
    expect(() => tree(value)).toThrow();
  });

  it('pollutes no prototype', () => {
    const files = readTree(bytes('{"d":{"__proto__":{"d":{"x":{"f":{"c":"1"}}}}}}'));
    expect('x' in {}).toBe(false);
    expect(Object.keys(files).every((path) => path === '__proto__/x')).toBe(true);
  });

  it('comes back as it was', async () => {
    const files: FileMap = { a: 'text', b: new Uint8Array([255, 0]) };
    const fs = {
      readdir: async (path: string) =>
        path === '.' ? Object.keys(files).map((name) => ({ name, type: 'file' })) : [],
      readFile: async (path: string) => {
        const data = files[path.slice(2)] ?? '';
        return typeof data === 'string' ? bytes(data) : data;
      },
    };
    expect(readTree(await writeTree({ fs } as unknown as Sandbox, '.'))).toEqual(files);
  });
});

it('keeps paths below the working directory', () => {
  expect(['/a', 'a/../../b', '../../etc', '/', './x//y'].map(below)).toEqual(['a', 'b', 'etc', '.', 'x/y']);
});

it('shows output as a terminal does, and types as one', async () => {
  expect(new TextDecoder().decode(toTerminal(bytes('a\nb\r\n')))).toBe('a\r\nb\r\r\n');
  const typed: string[] = [];
  const killed: string[] = [];
  const process = {
    input: new WritableStream<Uint8Array>({
      write: (chunk) => void typed.push(new TextDecoder().decode(chunk)),
      close: () => void typed.push('<end>'),
    }),
    kill: (signal: string) => void killed.push(signal),
  } as unknown as Process;
  const keyboard = new Keyboard(process);
  keyboard.type('one\r');
  keyboard.type('\u0003two\n\u0004ignored');
  await new Promise((done) => setTimeout(done, 5));
  expect([typed.join(''), killed]).toEqual(['one\ntwo\n<end>', ['SIGINT']]);
});
