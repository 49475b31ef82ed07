import { describe, expect, it } from 'vitest';
import { replaceAll, TooMuchText } from './replace.ts';
import { mostMatches, search, type Query } from './search.ts';
import { Searcher, type SearchAnswer, type SearchQuestion } from './searcher.ts';

const plain: Query = { text: '', matchCase: false, wholeWord: false, regularExpression: false };
const files = [
  ['a.js', 'const User = 1;\nuser.find(); // USER\r\nusers.find()'],
  ['b.py', 'def größe(x):\n    return x.größe_neu'],
] as const;

const places = (query: Partial<Query>): string[] =>
  search(files, { ...plain, ...query }).files.flatMap(({ path, matches }) =>
    matches.map(({ line, column, length }) => `${path}:${line}:${column}+${length}`),
  );

describe('search', () => {
  it('finds every match with its line and column, whatever the line ends', () => {
    expect(places({ text: 'user' })).toEqual(['a.js:1:7+4', 'a.js:2:1+4', 'a.js:2:17+4', 'a.js:3:1+4']);
    expect(places({ text: 'user', matchCase: true })).toEqual(['a.js:2:1+4', 'a.js:3:1+4']);
    expect(places({ text: 'user', wholeWord: true })).toEqual(['a.js:1:7+4', 'a.js:2:1+4', 'a.js:2:17+4']);
  });

  it('knows words of all scripts', () => {
    expect(places({ text: 'größe', wholeWord: true })).toEqual(['b.py:1:5+5']);
  });

  it('takes marks as they are, and as an expression when asked to', () => {
    expect(places({ text: 'find()' })).toEqual(['a.js:2:6+6', 'a.js:3:7+6']);
    expect(places({ text: '.' })).toHaveLength(3);
    expect(places({ text: '^us\\w+\\.', regularExpression: true })).toEqual(['a.js:2:1+5', 'a.js:3:1+6']);
    expect(() => places({ text: '(', regularExpression: true })).toThrow(SyntaxError);
    expect(places({ text: 'x*', regularExpression: true }).every((place) => !place.endsWith('+0'))).toBe(
      true,
    );
  });

  it('shows what is around a match in a long line, and stops when there are too many', () => {
    const long = [['min.js', `${'x'.repeat(100_000)}needle${'y'.repeat(100_000)}`]] as const;
    const [match] = search(long, { ...plain, text: 'needle' }).files[0]?.matches ?? [];
    expect(match?.excerpt.length).toBeLessThan(300);
    expect(match?.excerpt.slice(match.at, match.at + match.length)).toBe('needle');
    const many = search([['a', 'e\n'.repeat(5_000)]], { ...plain, text: 'e' });
    expect(many).toMatchObject({ count: mostMatches, cut: true });
  });
});

describe('replaceAll', () => {
  const replaced = (query: Partial<Query>, by: string, most = 1_000) =>
    replaceAll(files, { ...plain, ...query }, by, most);

  it('replaces what a search finds, and leaves line ends and other files alone', () => {
    expect(replaced({ text: 'user', wholeWord: true }, 'a$&b')).toEqual({
      files: [['a.js', 'const a$&b = 1;\na$&b.find(); // a$&b\r\nusers.find()']],
      count: 3,
    });
    expect(replaced({ text: 'zebra' }, 'x')).toEqual({ files: [], count: 0 });
    expect(replaced({ text: '' }, 'x').count).toBe(0);
  });

  it('knows the groups of an expression, and no empty match', () => {
    const query = { text: '(\\w+)\\.(?<name>find)|x*', regularExpression: true };
    const { files: changed } = replaced(query, '$<name>($1, $$, $9, $<no>)');
    expect(changed[0]?.[1]).toContain('\nfind(user, $, $9, $<no>)(); // USER\r\nfind(users, $, $9, $<no>)()');
    expect(changed[0]?.[1].startsWith('const User = 1;')).toBe(true);
  });

  it('stops before it makes more than a submission may have', () => {
    expect(() => replaced({ text: 'e' }, 'x'.repeat(600))).toThrow(TooMuchText);
    expect(() => replaced({ text: '(', regularExpression: true }, '')).toThrow(SyntaxError);
  });
});

/** A worker whose answers are given by the test. */
class FakeWorker extends EventTarget {
  questions: SearchQuestion[] = [];
  ended = false;
  onmessage: ((event: { data: SearchAnswer }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  postMessage(question: SearchQuestion): void {
    this.questions.push(question);
  }
  terminate(): void {
    this.ended = true;
  }
  answer(): void {
    const id = this.questions.at(-1)?.id ?? 0;
    this.onmessage?.({ data: { id, found: { files: [], count: 0, cut: false } } });
  }
}

describe('Searcher', () => {
  const workers: FakeWorker[] = [];
  const make = (): Worker => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker as unknown as Worker;
  };

  it('sends the files once, and ends a search that a newer one replaces', async () => {
    workers.length = 0;
    const searcher = new Searcher(make);
    const tree = { 'a.js': 'x', 'logo.png': Uint8Array.of(1) };
    const first = searcher.search(tree, { ...plain, text: 'a' });
    workers[0]?.answer();
    await first;
    expect(workers[0]?.questions[0]?.files).toEqual([['a.js', 'x']]);
    const second = searcher.search(tree, { ...plain, text: 'b' });
    expect(workers[0]?.questions[1]?.files).toBeUndefined();
    const third = searcher.search(tree, { ...plain, text: 'c' });
    expect(await second).toBeUndefined();
    expect([workers[0]?.ended, workers[1]?.questions[0]?.files]).toEqual([true, [['a.js', 'x']]]);
    workers[1]?.answer();
    expect((await third)?.count).toBe(0);
  });

  it('ends an expression that never comes to an end, and searches on', async () => {
    workers.length = 0;
    const searcher = new Searcher(make, 5);
    await expect(searcher.search({ a: '' }, { ...plain, text: 'a' })).rejects.toMatchObject({ kind: 'slow' });
    expect(workers[0]?.ended).toBe(true);
    const next = searcher.search({ a: '' }, { ...plain, text: 'b' });
    workers[1]?.answer();
    expect((await next)?.count).toBe(0);
  });
});
