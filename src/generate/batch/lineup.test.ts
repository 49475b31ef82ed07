import { describe, expect, it } from 'vitest';
import { lineUp } from './lineup.ts';
import type { BatchModel } from './state.ts';

const model = (id: string, change: Partial<BatchModel> = {}): BatchModel => ({
  connection: { preset: 'openai', address: 'https://api.openai.com/v1', api: 'chat' },
  id,
  label: id,
  parameters: {},
  ...change,
});
const at = (preset: 'ollama' | 'custom', address: string): Pick<BatchModel, 'connection'> => ({
  connection: { preset, address, api: 'chat' },
});
const labels = (...models: BatchModel[]): string[] => lineUp(models).map(({ label }) => label);

describe('the models of a batch', () => {
  it('go by their names, and by what they differ in where two have the same', () => {
    const local = at('ollama', 'http://localhost:11434/v1');
    expect(labels(model('a'), model('b', local))).toEqual(['a', 'b']);
    expect(labels(model('a'), model('a', local))).toEqual(['a (OpenAI)', 'a (Ollama)']);
    expect(labels(model('a'), model('a', { parameters: { temperature: 0, maxTokens: 900 } }))).toEqual([
      'a (as the provider has it)',
      'a (temperature 0, tokens 900)',
    ]);
    expect(
      labels(model('a', at('custom', 'http://one:1/v1')), model('a', at('custom', 'https://two:2/v1'))),
    ).toEqual(['a (one:1/v1)', 'a (two:2/v1)']);
    expect(
      labels(model('a', at('ollama', 'http://one:1/v1')), model('a', at('ollama', 'http://two:2/v1'))),
    ).toEqual(['a (one:1/v1)', 'a (two:2/v1)']);
  });

  it('are taken once, and never share a label', () => {
    expect(labels(model('a'), model('a'), model('b'))).toEqual(['a', 'b']);
    const other = model('a', { connection: { ...model('a').connection, api: 'responses' } });
    expect(labels(model('a'), other)).toEqual(['a (chat)', 'a (responses)']);
    const long = 'x'.repeat(190);
    const two = labels(model(long), model(long, at('ollama', 'http://localhost:11434/v1')));
    expect(new Set(two).size).toBe(2);
    expect(two.every((label) => label.length <= 200)).toBe(true);
  });
});
