import { describe, expect, it } from 'vitest';
import { packPages, unpackPages } from './snapshot.ts';

describe('pages of a snapshot', () => {
  it('come back as they were, without the empty ones in between', () => {
    const memory = new Uint8Array(5 * 4096 + 100);
    memory[3] = 1;
    memory[3 * 4096 + 17] = 2;
    memory[5 * 4096 + 99] = 3;
    const packed = packPages(memory);
    expect(packed.byteLength).toBeLessThan(4 * 4096);
    expect(unpackPages(packed)).toEqual(memory);
    const shared = new Uint8Array(new SharedArrayBuffer(packed.byteLength));
    shared.set(packed);
    expect(unpackPages(shared)).toEqual(memory);
  });

  it('are refused when something else was stored, or less', () => {
    expect(() => unpackPages(new Uint8Array(64))).toThrow(RangeError);
    const memory = new Uint8Array(8192).fill(1);
    expect(() => unpackPages(packPages(memory).slice(0, -1))).toThrow(RangeError);
  });
});
