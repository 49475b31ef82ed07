import { describe, expect, it } from 'vitest';
import { decodeText } from './decode-text.ts';

const littleEndian = (text: string): Uint8Array =>
  new Uint8Array(Uint16Array.from(text, (c) => c.charCodeAt(0)).buffer);

describe('decodeText', () => {
  it('reads UTF-8 and both kinds of UTF-16, without their marks', () => {
    expect(decodeText(new TextEncoder().encode('\uFEFFé\n'))).toBe('é\n');
    expect(decodeText(littleEndian('\uFEFFé\n'))).toBe('é\n');
    const bigEndian = littleEndian('\uFEFFé\n').map((_, at, all) => all[at ^ 1] ?? 0);
    expect(decodeText(bigEndian)).toBe('é\n');
    expect(decodeText(new Uint8Array())).toBe('');
  });
});
