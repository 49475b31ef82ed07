import { describe, expect, it } from 'vitest';
import { renderTemplate } from '../prompts/variant.ts';
import { findScaffold, firstQuestion, scaffolds, type GenerateRequest } from './index.ts';
import { taskOf } from './testing/world.ts';

const task = taskOf('koa-clean_architecture-sqlite-sequelize');
const look = (id: string, change: Partial<GenerateRequest> = {}) => {
  const scaffold = findScaffold(id);
  if (scaffold === undefined) throw new Error(id);
  const exemplar = { label: 'a reference', files: { 'app.py': 'print(1)\n' } };
  return firstQuestion({ task, scaffold, promptFor: renderTemplate, exemplar, ...change });
};
const prompt = renderTemplate(task).text;

describe('what is sent first', () => {
  it.each(scaffolds.map(({ id }) => id))('holds the prompt and what %s puts around it', async (id) => {
    const sent = await look(id);
    const said = sent.map(({ text }) => text).join('\n');
    const first = id === 'step-by-step' ? renderTemplate(taskOf('koa-unconstrained')).text : prompt;
    expect(said).toContain(first);
    expect(said.length).toBeGreaterThan(first.length + 200);
    expect(said.includes('# How to answer')).toBe(!['plan-then-write', 'agent'].includes(id));
    expect(sent.map(({ role }) => role)).toEqual(id === 'agent' ? ['system', 'user'] : ['user']);
    expect(said.includes('``` app.py')).toBe(id === 'exemplar');
  });

  it('is the edited prompt, or says why there is none', async () => {
    const edited = { ...renderTemplate(task), text: 'mine' };
    expect((await look('single-shot', { promptFor: () => edited }))[0]?.text).toMatch(/^mine\n/);
    await expect(
      look('single-shot', {
        promptFor: () => {
          throw new Error('no variable');
        },
      }),
    ).rejects.toThrow('no variable');
  });
});
