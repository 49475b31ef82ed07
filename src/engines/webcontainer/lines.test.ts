import { describe, expect, it } from 'vitest';
import { fromBase64, toBase64 } from '../net/base64.ts';
import { LineReader, LineWriter } from './lines.ts';

const base64 = { encode: toBase64, decode: fromBase64 };

function reader() {
  const frames: string[] = [];
  const noise: string[] = [];
  const broken: string[] = [];
  const lines = new LineReader('r', base64, {
    onFrame: (frame) => frames.push(new TextDecoder().decode(frame)),
    onNoise: (line) => noise.push(line),
    onBroken: (reason) => broken.push(reason),
  });
  return { lines, frames, noise, broken };
}

const encode = (text: string) => new TextEncoder().encode(text);

describe('frames as lines', () => {
  it('arrive whole however the text is cut', () => {
    const writer = new LineWriter('r', base64);
    const text = ['one', '', 'ü\n~'].map((frame) => writer.line(encode(frame))).join('');
    for (const size of [1, 2, 7, 1_000]) {
      const { lines, frames, noise, broken } = reader();
      for (let at = 0; at < text.length; at += size) lines.push(text.slice(at, at + size));
      expect([frames, noise, broken]).toEqual([['one', '', 'ü\n~'], [], []]);
    }
  });

  it('are told from echoes, colours, prompts and changed line ends', () => {
    const writer = new LineWriter('r', base64);
    const echo = new LineWriter('p', base64).line(encode('typed'));
    const { lines, frames, noise, broken } = reader();
    lines.push(`${echo.trim()}\r\n\u001b[32m${writer.line(encode('green')).trim()}\u001b[0m\r\n`);
    lines.push(`~/app $ ${writer.line(encode('behind a prompt'))}`);
    lines.push(`(node:1) Warning: ~5 things\n~r: nonsense ~\n`);
    lines.push(`${echo.trim()}${writer.line(encode('behind an echo'))}`);
    expect(frames).toEqual(['green', 'behind a prompt', 'behind an echo']);
    expect(broken).toEqual([]);
    expect(noise.join('\n')).toContain('Warning: ~5 things');
  });

  it('break the channel when one is missing or unreadable, and nothing more is delivered', () => {
    const writer = new LineWriter('r', base64);
    const [first, , third] = ['1', '2', '3'].map((frame) => writer.line(encode(frame)));
    const missing = reader();
    missing.lines.push(`${first}${third}`);
    expect([missing.frames, missing.broken]).toEqual([['1'], ['frame 1 is missing']]);
    const garbled = reader();
    garbled.lines.push('~r0:!!!!~\n');
    expect([garbled.frames, garbled.broken]).toEqual([[], ['frame 0 is garbled']]);
    garbled.lines.push(new LineWriter('r', base64).line(encode('late')));
    expect(garbled.frames).toEqual([]);
  });
});
