import { describe, expect, it } from 'vitest';
import { readAnsi } from '../text/ansi.ts';
import { difference } from '../text/difference.ts';
import { piecesOf, plainLine } from './console-line.ts';

const files = new Set(['src/app.js']);

describe('readAnsi', () => {
  it('takes colours out of the text and says where they begin', () => {
    expect(
      readAnsi('\u001b[1;31mbad\u001b[0m ok \u001b[38;5;2mgreen\u001b[39m\u001b[4m_\u001b[24m.'),
    ).toEqual({
      text: 'bad ok green_.',
      runs: [
        { from: 0, style: { bold: true, colour: 'red' } },
        { from: 3, style: {} },
        { from: 7, style: { colour: 'green' } },
        { from: 12, style: {} },
        { from: 12, style: { underline: true } },
        { from: 13, style: {} },
      ],
    });
  });

  it('drops what moves a cursor, and colours of its own that could not be read here', () => {
    expect(readAnsi('\u001b[2K\u001b[1G\u001b[?25ldone')).toEqual({ text: 'done', runs: [] });
    expect(readAnsi('\u001b[38;2;1;1;1m\u001b[48;5;1mx').runs.map(({ style }) => style)).toEqual([{}, {}]);
    expect(readAnsi('\u001b[30;90mx').runs).toEqual([{ from: 0, style: { dim: true } }]);
  });

  it('leaves unfinished sequences and others where they can be seen', () => {
    const [piece] = piecesOf('\u001b[31', files, '');
    expect(piece?.text).toBe('‹U+001B›[31');
    expect(piecesOf('\u001b]8;;http://x\u0007y', files, '')[0]?.text).toBe('‹U+001B›]8;;http://x‹U+0007›y');
  });
});

describe('piecesOf', () => {
  it('cuts a line at colours, links and what the search found', () => {
    expect(piecesOf('\u001b[31mat /app/src/app.js:3:4\u001b[0m in APP', files, 'app')).toEqual([
      { text: 'at ', style: { colour: 'red' }, found: false },
      { text: '/', style: { colour: 'red' }, place: expect.anything() as unknown, found: false },
      { text: 'app', style: { colour: 'red' }, place: expect.anything() as unknown, found: true },
      { text: '/src/', style: { colour: 'red' }, place: expect.anything() as unknown, found: false },
      { text: 'app', style: { colour: 'red' }, place: expect.anything() as unknown, found: true },
      {
        text: '.js:3:4',
        style: { colour: 'red' },
        place: { path: 'src/app.js', line: 3, column: 4, from: 3, to: 22 },
        found: false,
      },
      { text: ' in ', style: {}, found: false },
      { text: 'APP', style: {}, found: true },
    ]);
  });

  it('keeps all characters, shows hostile ones, and says when a line goes on', () => {
    const text = (raw: string): string =>
      piecesOf(raw, files, 'e')
        .map((piece) => piece.text)
        .join('');
    expect(text('a\u202eb<img>\r')).toBe('a‹U+202E›b<img>');
    expect(text('x'.repeat(5_000))).toBe(`${'x'.repeat(1_000)}…`);
    expect(text('')).toBe('');
    expect(plainLine('\u001b[32mGET\u001b[0m /e\r')).toBe('GET /e');
  });
});

describe('difference', () => {
  it('is the part between what is the same', () => {
    expect(difference('{"a":1,"b":2}', '{"a":1,"b":22}')).toEqual({
      before: '{"a":1,"b":2',
      one: '',
      other: '2',
      after: '}',
    });
    expect(difference('200', '500')).toEqual({ before: '', one: '2', other: '5', after: '00' });
    expect(difference('same', 'same')).toEqual({ before: 'same', one: '', other: '', after: '' });
  });

  it('cuts no character in two', () => {
    expect(difference('a😀', 'a😁')).toEqual({ before: 'a', one: '😀', other: '😁', after: '' });
    // U+1F600 and U+1FA00 end with the same half.
    const [one, other] = [String.fromCodePoint(0x1f600), String.fromCodePoint(0x1fa00)];
    expect(difference(`${one}b`, `${other}b`)).toEqual({ before: '', one, other, after: 'b' });
  });
});
