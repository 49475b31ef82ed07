import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LineMatcher, mostComparisons } from './match-lines.ts';
import { AnswerParser, joinContinuation, parseAnswer, type AnswerEvent, type ParsedAnswer } from './index.ts';

interface Fixture {
  about: string;
  before?: Record<string, string>;
  files: Record<string, string>;
  removed?: string[];
  unplaced?: string[];
  incomplete?: string[];
  commands?: string[];
  truncated?: { path?: string };
  refusal?: boolean;
}

const folder = new URL('./testing/fixtures/', import.meta.url);
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.md') && name !== 'README.md')
  .map((name) => name.slice(0, -3));
const text = (name: string): string => readFileSync(new URL(`${name}.md`, folder), 'utf8');
const expected = (name: string): Fixture => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));

/** What a fixture says, of what was parsed. */
const said = (parsed: ParsedAnswer) => ({
  files: parsed.files,
  removed: parsed.removed,
  unplaced: parsed.unplaced.map(({ reason }) => reason),
  incomplete: parsed.incomplete.map(({ path, line }) => `${path}:${line}`),
  commands: parsed.commands,
  truncated: parsed.truncated,
  refusal: parsed.refusal !== undefined,
});

const wanted = ({
  files,
  removed = [],
  unplaced = [],
  incomplete = [],
  commands = [],
  truncated,
  refusal = false,
}: Fixture) => ({
  files,
  removed,
  unplaced,
  incomplete,
  commands,
  truncated,
  refusal,
});

describe('answers as models write them', () => {
  it.each(names.map((name) => [name, expected(name).about]))('%s: %s', (name) => {
    const fixture = expected(name);
    expect(said(parseAnswer(text(name), fixture.before))).toEqual(wanted(fixture));
  });

  it('are at least 60', () => {
    expect(names.length).toBeGreaterThanOrEqual(60);
  });
});

/** Numbers that are the same in every run. */
function* randomNumbers(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state / 2_147_483_648;
  }
}

describe('an answer in chunks', () => {
  it.each(names)('%s gives the same files and events however it is cut', (name) => {
    const whole = text(name);
    const before = expected(name).before ?? {};
    const once = parseAnswer(whole, before);
    const random = randomNumbers(whole.length);
    for (const size of [1, 2, 7, 64]) {
      const written = new Map<string, string>();
      const open = new Set<string>();
      const parser = new AnswerParser(before, (event: AnswerEvent) => {
        if (event.type === 'open') {
          written.set(event.path, '');
          open.add(event.path);
        } else if (event.type === 'append') {
          expect(open.has(event.path)).toBe(true);
          written.set(event.path, (written.get(event.path) ?? '') + event.text);
        } else open.delete(event.path);
      });
      for (let at = 0; at < whole.length;) {
        const step = size === 1 ? 1 : 1 + Math.floor(random.next().value * size * 2);
        parser.feed(whole.slice(at, at + step));
        at += step;
      }
      expect(parser.end()).toEqual(once);
      expect(open.size).toBeLessThanOrEqual(once.truncated === undefined ? 0 : 1);
    }
  });
});

describe('a hostile answer', () => {
  it('is never an error, whatever was done to it', () => {
    const random = randomNumbers(7);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random.next().value * list.length)] as T;
    const pieces = [
      '```',
      '~~~',
      '\n',
      '<file path="a.js">',
      '</file>',
      '{"files":',
      '"',
      '\\',
      '@@ -1 +1 @@\n',
      '<<<<<<< SEARCH\n',
      '=======\n',
      '>>>>>>> REPLACE\n',
      '*** Begin Patch\n',
      '../',
      '\0',
      '\ud800',
      '`a.js`:',
      '...',
      'cat > x.sh <<EOF\n',
    ];
    for (let round = 0; round < 1_500; round++) {
      let mixed = text(pick(names));
      for (let times = 0; times < 4; times++) {
        const at = Math.floor(random.next().value * mixed.length);
        const to = at + Math.floor(random.next().value * 20);
        mixed = mixed.slice(0, at) + pick(pieces) + mixed.slice(random.next().value < 0.5 ? at : to);
      }
      const parsed = parseAnswer(mixed, { 'a.js': 'let a;\n' });
      for (const path of Object.keys(parsed.files)) expect(path).not.toMatch(/^\/|(^|\/)\.\.(\/|$)|\\|\0/);
    }
  });

  it.each<[string, (n: number) => string]>([
    ['backticks on one line', (n) => '`'.repeat(n)],
    ['fences', (n) => '```\n'.repeat(n / 4)],
    ['fences of markdown', (n) => `\`\`\`md README.md\n${'```\nx\n\n'.repeat(n / 7)}`],
    ['tags', (n) => '<file path="a">'.repeat(n / 15)],
    ['stars', (n) => '*'.repeat(n)],
    ['spaces', (n) => `# ${' '.repeat(n)}`],
    ['brackets', (n) => '['.repeat(n)],
    ['braces in JSON', (n) => `{"files":${'{"a":'.repeat(n / 5)}`],
    ['quotes', (n) => `{"files": {"a.js": "${'\\"'.repeat(n / 2)}`],
    ['markers of edits', (n) => '<<<<<<< SEARCH\n'.repeat(n / 15)],
    ['blanks in a comment', (n) => `\`\`\`js a.js\n# a${' '.repeat(n)}x\n\`\`\`\n`],
    ['tabs behind a name', (n) => `--- a/a.js\n+++ b/a.js${'\t'.repeat(n)}\u2028\n@@ -0,0 +1 @@\n+a\n`],
    ['blanks in a name', (n) => `*** Begin Patch\n*** Add File: a.js${' '.repeat(n)}x\n+a\n*** End Patch\n`],
    [
      'colons between edits',
      (n) => `\`\`\`js a.js\n<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n${':'.repeat(n)}x\n\`\`\`\n`,
    ],
    ['parts of one line', (n) => '<file path="a">x</file>'.repeat(n / 23)],
    ['reasoning on one line', (n) => '<think></think>'.repeat(n / 15)],
    ['objects between words', (n) => `x\n${'{"a":1}'.repeat(n / 7)}`],
    ['objects that do not end', (n) => `x\n${'{"a":\n'.repeat(n / 6)}`],
    ['spaces behind fences', (n) => `\`\`\`js${' '.repeat(9_000)}x\n`.repeat(n / 9_007)],
    ['hunks', (n) => `--- a/a.js\n+++ b/a.js\n${'@@ -1 +1 @@\n-a\n+b\n'.repeat(n / 18)}`],
  ])('of %s is read to its end', (_, make) => {
    // Linear work over these takes less than a second; quadratic work would not end within the time of a test.
    const parsed = parseAnswer(make(2_000_000), { 'a.js': 'a\n'.repeat(1000) });
    expect(Object.keys(parsed.files).length).toBeLessThanOrEqual(1);
  });

  it('cannot make changes be compared without end', () => {
    const matcher = new LineMatcher();
    const lines = Array.from({ length: 50_000 }, () => 'same');
    expect(matcher.find(lines, [...lines.slice(0, 25_000), 'other'])).toBeUndefined();
    expect(matcher.comparisons).toBeLessThan(mostComparisons + 400_000);
    const hunks = '@@ -1 +1 @@\n-a\n+a\n'.repeat(100_000);
    parseAnswer(`--- a/a.js\n+++ b/a.js\n${hunks}`, { 'a.js': 'a\n'.repeat(100_000) });
    const edits = 'a.js\n<<<<<<< SEARCH\nz\n=======\ny\n>>>>>>> REPLACE\n'.repeat(50_000);
    parseAnswer(edits, { 'a.js': 'a\n'.repeat(100_000) });
  });
});

describe('an answer with more to say than anybody reads', () => {
  it('has notes that end', () => {
    const twice = Array.from({ length: 500 }, (_, at) => `\`\`\`js a.js\n${at}\n\`\`\`\n`).join('');
    const { notes } = parseAnswer(twice);
    expect(notes.length).toBe(201);
    expect(notes.at(-1)).toBe('And 299 more.');
  });

  it('gives no files of reasoning that does not end', () => {
    const before = { 'a.js': 'a\n' };
    const open = parseAnswer('<think>\n```js a.js\ndraft\n```\n', before);
    expect(open.files).toEqual({});
    expect(open.truncated).toEqual({});
    expect(open.unplaced.map(({ reason }) => reason)).toEqual(['unreadable']);
  });
});

describe('a continuation', () => {
  it.each([
    ['goes on in the middle of a line', 'const a = [1, 2', ', 3];\n', 'const a = [1, 2, 3];\n'],
    [
      'repeats the end',
      '```js a.js\nconst first = 1;\nconst sec',
      'const first = 1;\nconst second = 2;\n```',
      '```js a.js\nconst first = 1;\nconst second = 2;\n```',
    ],
    [
      'opens the fence again',
      '```js a.js\nconst first = 1;\nconst sec',
      '```js\nconst second = 2;\n```',
      '```js a.js\nconst first = 1;\nconst second = 2;\n```',
    ],
    [
      'says so first',
      '```js a.js\nconst first = 1;\n',
      'Continuing:\n\n```js a.js\nconst second = 2;\n```',
      '```js a.js\nconst first = 1;\nconst second = 2;\n```',
    ],
    ['has nothing in common', 'abc', 'def', 'abcdef'],
    [
      'ends the fence soon, which opens nothing',
      '```js a.js\nconst first = 1;\nconst sec',
      'ond = 2;\n```\n\n### b.js\n```js\nb\n```\n',
      '```js a.js\nconst first = 1;\nconst second = 2;\n```\n\n### b.js\n```js\nb\n```\n',
    ],
    [
      'begins a short last line again, below a heading and a fence',
      '```js a.js\nconst first = 1;\nco',
      'Continuing:\n\n### a.js (continued)\n\n```js\nconst second = 2;\n```',
      '```js a.js\nconst first = 1;\nconst second = 2;\n```',
    ],
    [
      'of a file in Markdown opens its fence again, within the second of its fences',
      '````md README.md\n# A\n```sh\nrun\n```\nText that was cut o',
      '````md\nText that was cut off.\n````',
      '````md README.md\n# A\n```sh\nrun\n```\nText that was cut off.\n````',
    ],
    [
      'of JSON stands in a fence',
      '{"files": {"a.js": "one\\nt',
      '```json\nwo\\n"}}\n```',
      '{"files": {"a.js": "one\\ntwo\\n"}}',
    ],
    [
      'opens the tag again',
      '<file path="a.js">\nfirst();\nsec',
      'Here is the rest:\n<file path="a.js">\nsecond();\n</file>',
      '<file path="a.js">\nfirst();\nsecond();\n</file>',
    ],
    [
      'starts over',
      `### a.js\n\`\`\`js\n${'first();\n'.repeat(8)}sec`,
      `### a.js\n\`\`\`js\n${'first();\n'.repeat(8)}second();\n\`\`\``,
      `### a.js\n\`\`\`js\n${'first();\n'.repeat(8)}second();\n\`\`\``,
    ],
  ])('%s', (_, first, more, joined) => {
    expect(joinContinuation(first, more)).toBe(joined);
  });
});
