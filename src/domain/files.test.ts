import { describe, expect, it } from 'vitest';
import { recordFiles, restoreFiles } from './files.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('files of a run record', () => {
  it('keep text as it is, and bytes that are text as text', () => {
    const files = {
      'a.js': 'let a;',
      'b.js': bytes('grüße 🐉'),
      'bom.txt': bytes('\ufeffx'),
      empty: bytes(''),
    };
    expect(recordFiles(files)).toEqual({
      'a.js': 'let a;',
      'b.js': 'grüße 🐉',
      'bom.txt': '\ufeffx',
      empty: '',
    });
  });

  it('come back byte by byte through JSON', () => {
    const binary = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 7) % 256);
    const stored: ReturnType<typeof recordFiles> = JSON.parse(
      JSON.stringify(recordFiles({ 'x.png': binary, y: 'text' })),
    );
    expect(stored['x.png']).toHaveProperty('base64');
    expect(restoreFiles(stored)).toEqual({ 'x.png': binary, y: 'text' });
  });
});
