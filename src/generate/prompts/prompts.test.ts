import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { findTask, tasks } from '../../../tasks/index.ts';
import { buildPrompt } from '../../../tasks/prompts/index.ts';
import { compareTexts, condensed } from './difference.ts';
import { countTokens } from './tokens.ts';
import {
  addSection,
  editSection,
  moveSection,
  newVariant,
  promptVariant,
  renderTemplate,
  renderVariant,
  resetSection,
  setVariables,
  setWhole,
  toWhole,
  variableNames,
} from './variant.ts';

const now = new Date('2026-01-02T03:04:05Z');
const fresh = () => newVariant({ id: 'v1', name: 'mine', now });
const task =
  findTask('koa-sqlite') ??
  (() => {
    throw new Error('koa-sqlite');
  })();

describe('a variant', () => {
  it('that is not edited is our own prompt, for every task', () => {
    for (const one of tasks) {
      expect(renderVariant(one, fresh())).toEqual(renderTemplate(one));
      expect(renderTemplate(one).text).toBe(buildPrompt(one).text);
    }
  });

  it('takes edits of a section, with variables of ours and its own, and says that it is custom', () => {
    const later = new Date('2026-01-03T00:00:00Z');
    let variant = editSection(
      fresh(),
      'request',
      { text: 'Write {{framework}} in the style of {{who}}.' },
      later,
    );
    variant = setVariables(variant, { who: 'a poet' }, later);
    const { text, source } = renderVariant(task, variant);
    expect(text).toContain('Write Koa in the style of a poet.');
    expect(source).toEqual({ kind: 'custom', text });
    expect(variant.changedAt).toBe(later.toISOString());
    expect(v.parse(promptVariant, JSON.parse(JSON.stringify(variant)))).toEqual(variant);
    expect(renderVariant(task, resetSection(variant, 'request', now))).toEqual(renderTemplate(task));
    expect(variableNames(task, variant)).toEqual(expect.arrayContaining(['framework', 'who']));
  });

  it('cannot put a value in place of one of ours, nor have a name that is none', () => {
    const variant = setVariables(fresh(), { framework: 'Rails' }, now);
    expect(renderVariant(task, variant)).toEqual(renderTemplate(task));
    expect(() => setVariables(fresh(), { 'a b': '' }, now)).toThrow();
  });

  it('names what it does not know', () => {
    expect(() => renderVariant(task, editSection(fresh(), 'files', { text: '{{nothing}}' }, now))).toThrow(
      /nothing/,
    );
    expect(() => renderVariant(task, editSection(fresh(), 'files', { when: 'raining' }, now))).toThrow(
      /raining/,
    );
  });

  it('can leave sections out, add and move them', () => {
    let variant = editSection(fresh(), 'evaluation', { off: true }, now);
    variant = addSection(variant, 'Tone', 'Be brief.', now);
    const last = variant.sections.at(-1)?.id ?? '';
    variant = moveSection(variant, last, -1, now);
    const { sections, text } = renderVariant(task, variant);
    expect(sections.map(({ id }) => id)).not.toContain('evaluation');
    expect(text).toContain('# Tone\n\nBe brief.');
    expect(variant.sections.at(-2)?.id).toBe(last);
    expect(moveSection(variant, variant.sections[0]?.id ?? '', -1, now)).toBe(variant);
    expect(resetSection(variant, last, now).sections.map(({ id }) => id)).not.toContain(last);
  });

  it('can be one text', () => {
    const whole = toWhole(fresh(), task, now);
    expect(renderVariant(task, whole)).toEqual(renderTemplate(task));
    const { text, sections } = renderVariant(task, setWhole(whole, 'Write {{framework}} on {{port}}.', now));
    expect(text).toBe('Write Koa on 3000.');
    expect(sections).toEqual([]);
    expect(setWhole(whole, undefined, now)).toEqual(fresh());
  });
});

describe('a comparison', () => {
  it('says what was added and removed, with lines of both', () => {
    const difference = compareTexts('a\nb\nc', 'a\nx\nc\nd\n');
    expect(difference.lines).toEqual([
      { kind: 'same', text: 'a', before: 1, after: 1 },
      { kind: 'removed', text: 'b', before: 2 },
      { kind: 'added', text: 'x', after: 2 },
      { kind: 'same', text: 'c', before: 3, after: 3 },
      { kind: 'added', text: 'd', after: 4 },
    ]);
    expect(difference).toMatchObject({ added: 2, removed: 1 });
  });

  it('leaves out what is far from every difference', () => {
    const long = Array.from({ length: 50 }, (_, at) => `line ${at}`).join('\n');
    const short = condensed(compareTexts(long, long.replace('line 25', 'changed')));
    expect(short[0]).toEqual({ kind: 'skipped', count: 22 });
    expect(short.at(-1)).toEqual({ kind: 'skipped', count: 21 });
    expect(short).toHaveLength(10);
    expect(condensed(compareTexts(long, long))).toEqual([{ kind: 'skipped', count: 50 }]);
  });
});

describe('tokens', () => {
  it('are counted, and say for whom the count is exact', async () => {
    // The example of the encoding's documentation of how words are split.
    expect(await countTokens('hello world', 'gpt-4o-mini')).toEqual({
      tokens: 2,
      encoding: 'o200k_base',
      exact: true,
    });
    expect(await countTokens('hello world', 'openai/gpt-5-mini')).toMatchObject({ exact: true });
    expect(await countTokens('hello world', 'qwen3-coder')).toMatchObject({ tokens: 2, exact: false });
    const { tokens } = await countTokens(renderTemplate(task).text, 'gpt-5');
    expect(tokens).toBeGreaterThan(5_000);
    expect(tokens).toBeLessThan(40_000);
    expect(await countTokens('word '.repeat(100_000), 'gpt-5')).toMatchObject({ exact: false });
    expect((await countTokens('<|endoftext|>', 'gpt-5')).tokens).toBeGreaterThan(0);
  });
});
