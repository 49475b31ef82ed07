import { describe, expect, it } from 'vitest';
import { ModelError } from '../client/types.ts';
import { renderTemplate } from '../prompts/variant.ts';
import { rememberAnswers, scaffolds, type Pause } from './index.ts';
import { stagesTo } from './step-by-step.ts';
import { FakeClient, written, type Scripted } from './testing/fake-client.ts';
import { play, right, scored, wrong } from './testing/play.ts';
import { bad, good, taskOf } from './testing/world.ts';

describe('single shot', () => {
  it('sends the prompt of the task and runs what comes back', async () => {
    const { record, client, events } = await play('single-shot', [right]);
    expect(scored(record)).toMatchObject({ pass: true });
    expect(client.said(0)).toContain(renderTemplate(taskOf('express-unconstrained')).text);
    expect(record.source).toEqual({ kind: 'model', label: 'fake, single shot' });
    expect(record.generation).toMatchObject({
      model: { id: 'fake', provider: 'nobody' },
      parameters: { temperature: 0 },
      prompts: [{ kind: 'template' }],
      turns: 1,
      usage: { input: 100, output: 50 },
      cost: 0.01,
      scaffold: { id: 'single-shot' },
    });
    const opened = events.flatMap((event) =>
      event.type === 'file' && event.event.type === 'open' ? [event.event.path] : [],
    );
    expect(opened).toEqual(['package.json', 'run.sh', 'server.js']);
  });

  it('continues an answer that was cut off, with or without the provider saying so', async () => {
    for (const finish of ['length', 'stop'] as const) {
      const cut = right.length - 30;
      const answers: Scripted[] = [{ text: right.slice(0, cut), finish }, right.slice(cut - 20)];
      const { record, client } = await play('single-shot', answers);
      expect(scored(record)).toMatchObject({ pass: true });
      expect(record.files['server.js']).toBe(good);
      expect(client.asked[1]?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    }
  });

  it.each<[string, Scripted | Error, RegExp]>([
    ['declines', 'I’m sorry, I can’t help with that.', /declined/],
    ['is cut by a filter', { text: 'no', finish: 'content-filter' }, /filter/],
    ['answers nothing', '  \n', /nothing/],
    ['writes no files', 'Here is how I would do it: use Express.', /No file/],
    [
      'is told to decline by its provider',
      new ModelError({ kind: 'refused', message: 'The model declined.', advice: '' }),
      /declined/,
    ],
    [
      'fails',
      new ModelError({ kind: 'quota', message: 'There is no credit left.', advice: 'Add credit.' }),
      /no credit left\. Add credit/,
    ],
  ])('leaves the run unscored when the model %s', async (_, answer, why) => {
    const { record, runs } = await play('single-shot', () => {
      if (answer instanceof Error) throw answer;
      return answer;
    });
    expect(record.verdict).toMatchObject({
      kind: 'unscored',
      reason: answer instanceof Error && !/declined/.test(answer.message) ? 'provider' : 'generation',
      detail: expect.stringMatching(why),
    });
    expect(runs).toEqual([]);
  });

  it('scores a submission that is no good: that is not the fault of the generation', async () => {
    const { record } = await play('single-shot', [written({ 'server.js': 'let;\n' })]);
    expect(scored(record)).toMatchObject({ raw: 0, pass: false });
  });

  it('lets through what is neither the model’s nor the submission’s fault', async () => {
    await expect(play('single-shot', () => Promise.reject(new TypeError('ours')))).rejects.toThrow('ours');
    const abort = new AbortController();
    const asked = play('single-shot', () => (abort.abort(), right), { signal: abort.signal });
    await expect(asked).rejects.toThrow(/cancelled/);
  });
});

describe('plan, then write', () => {
  it('asks for the plan first and keeps it in the conversation', async () => {
    const { record, client } = await play('plan-then-write', ['1. server.js holds all.', right]);
    expect(scored(record)).toMatchObject({ pass: true });
    expect(client.asked[1]?.messages.map(({ text }) => text)).toContain('1. server.js holds all.');
  });
});

describe('with an example', () => {
  it('shows the files, small ones first when room is short, and needs some', async () => {
    const files = {
      'big.py': 'x = 1\n'.repeat(3000),
      'app.py': 'print(1)\n',
      'README.md': '```js\nlet a;\n```\n',
    };
    const { record, client } = await play('exemplar', [right], {
      exemplar: { label: 'reference flask', files },
      options: { kilobytes: 5 },
    });
    expect(client.said(0)).toContain('``` app.py\nprint(1)\n```');
    expect(client.said(0)).toContain('```` README.md');
    expect(client.said(0)).not.toContain('x = 1');
    expect(JSON.stringify(record.generation?.trajectory)).toContain('big.py');
    expect((await play('exemplar', [])).record.verdict).toMatchObject({ reason: 'generation' });
  });
});

describe('one constraint after another', () => {
  it('goes from none to all, one at a time, and tells each as the prompt does', async () => {
    const task = taskOf('koa-clean_architecture-sqlite-sequelize');
    expect(stagesTo(task).map((stage) => stage.task.id)).toEqual([
      'koa-unconstrained',
      'koa-sqlite',
      'koa-sqlite-sequelize',
      'koa-clean_architecture-sqlite-sequelize',
    ]);
    const answers = [
      right,
      written({ 'db.js': '1\n' }),
      written({ 'orm.js': '2\n' }),
      written({ 'routes/a.js': '3\n' }),
    ];
    const { client, runs } = await play('step-by-step', answers, { task: task.id });
    expect(client.said(0)).not.toContain('SQLite');
    expect(client.said(1)).toContain('All data are kept in a SQLite database');
    expect(client.said(2)).toContain('models of Sequelize');
    expect(client.said(3)).toContain('four layers');
    expect(Object.keys(runs[0] ?? {})).toEqual(
      expect.arrayContaining(['server.js', 'db.js', 'orm.js', 'routes/a.js']),
    );
  });
});

describe('a person in the loop', () => {
  it('may edit the message and the files, and the model is told', async () => {
    const seen: Pause[] = [];
    const { record, client } = await play('person', [wrong, written({ 'server.js': good })], {
      pause: (at) => {
        seen.push(at);
        return Promise.resolve({
          go: 'on',
          files: { ...at.files, 'notes.txt': 'mine\n' },
          message: 'Only mend the tags.',
        });
      },
    });
    expect(scored(record)).toMatchObject({ pass: true });
    expect(seen[0]?.message).toContain('GET /tags');
    expect(client.said(1)).toContain('Only mend the tags.');
    expect(client.said(1)).toContain('``` notes.txt\nmine');
    expect(record.files['notes.txt']).toBe('mine\n');
  });

  it('has what they changed run, though the model changes nothing more', async () => {
    const { record, runs } = await play('person', [wrong, wrong.replace('// wrong', '// right')], {
      pause: (at) =>
        Promise.resolve({ go: 'on', files: { ...at.files, 'server.js': good }, message: 'Look again.' }),
    });
    expect(runs).toHaveLength(2);
    expect(scored(record)).toMatchObject({ pass: true });
  });

  it('may run again, and may stop', async () => {
    let round = 0;
    const { record, client, runs } = await play('person', [wrong], {
      pause: (at) => {
        round++;
        if (round === 1) return Promise.resolve({ go: 'run', files: { ...at.files, 'server.js': 'x\n' } });
        return Promise.resolve({ go: 'stop', files: at.files });
      },
    });
    expect(client.asked).toHaveLength(1);
    expect(runs).toHaveLength(2);
    expect(record.files['server.js']).toBe(bad);
  });
});

describe('answers that were paid for', () => {
  it('are kept at once, and asked for once only', async () => {
    const kept = new Map<string, Awaited<ReturnType<FakeClient['ask']>>>();
    const memory = {
      find: (key: string) => Promise.resolve(kept.get(key)),
      keep: (key: string, answer: Awaited<ReturnType<FakeClient['ask']>>) =>
        Promise.resolve(void kept.set(key, answer)),
    };
    const fake = new FakeClient([right, wrong]);
    const ask = (scope: string) =>
      rememberAnswers(fake, memory, scope).ask({ messages: [{ role: 'user', text: 'hi' }] });
    expect((await ask('a')).text).toBe(right);
    expect((await ask('a')).text).toBe(right);
    expect((await ask('b')).text).toBe(wrong);
    expect(fake.asked).toHaveLength(2);
  });
});

describe('every way of asking', () => {
  it('has an id and a name of its own and says what it does', () => {
    expect(new Set(scaffolds.map(({ id }) => id)).size).toBe(scaffolds.length);
    expect(scaffolds.every(({ explain, name }) => explain.length > 20 && name !== '')).toBe(true);
    expect(scaffolds).toHaveLength(7);
  });
});
