import { describe, expect, it } from 'vitest';
import { parseAnswer } from '../../generate/answers/index.ts';
import { answerNotes } from './answer-notes.ts';

const notesOf = (text: string): string[] => answerNotes(parseAnswer(text));

describe('answerNotes', () => {
  it('tells what is not in the files, what is not whole, and which commands are not run', () => {
    const text =
      '### a.js\n```js\nx;\n// ... rest of the code\n```\nThen:\n```js\nfoo();\n```\n' +
      '```sh\nnpm install\nnpm start\n```\n### b.js\n```js\nb';
    expect(notesOf(text)).toEqual([
      'Left out what is at line 7: A block of js that names no file.',
      'a.js may not be whole. Line 2 says: // ... rest of the code',
      'The text ends in the middle of b.js.',
      'Commands between the files are not run: npm install; npm start',
    ]);
  });

  it('has nothing to say of an answer that is whole', () => {
    expect(notesOf('### a.js\n```js\nx;\n```\n')).toEqual([]);
  });

  it('ends', () => {
    const notes = notesOf('```js\nx\n```\n'.repeat(100_000));
    expect(notes.length).toBe(21);
    expect(notes.at(-1)).toBe('And 99,980 more.');
  });
});
