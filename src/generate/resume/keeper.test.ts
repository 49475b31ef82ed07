import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import { openShelf } from '../../store/shelf.ts';
import { renderTemplate } from '../prompts/variant.ts';
import { findScaffold, generate, keptAnswer } from '../scaffolds/index.ts';
import { FakeClient, written, type Scripted } from '../scaffolds/testing/fake-client.ts';
import { around, good, taskOf } from '../scaffolds/testing/world.ts';
import { GenerationKeeper, type HeldGeneration } from './keeper.ts';
import { keptGeneration, type GenerationStart } from './kept-generation.ts';

const task = taskOf('express-unconstrained');
const code = written({ ...around, 'server.js': good });
const start: GenerationStart = {
  task: task.id,
  connection: { preset: 'custom', address: 'http://127.0.0.1:1/v1', api: 'chat' },
  model: 'fake',
  parameters: {},
  scaffold: { id: 'plan-then-write', options: {} },
  run: true,
};

let number = 0;
let database = '';
/** The locks of all tabs: one falls when its tab ends. */
const held = new Set<string>();
afterEach(() => held.clear());

/** A page load: nothing of the one before is in its memory. */
async function tab(onLost: (error: unknown) => void = (error) => expect.unreachable(String(error))) {
  const generations = await openShelf('generations', keptGeneration, database);
  const shelf = await openShelf('answers', keptAnswer, database);
  const answers = {
    find: async (id: string) => (await shelf.get(id))?.answer,
    keep: (id: string, answer: unknown) => shelf.put({ id, answer: structuredClone(answer) as never }),
    forget: (owner: string) => shelf.removeAll(`${owner}/`),
  };
  const locks = {
    hold: (id: string) => {
      held.add(id);
      return () => void held.delete(id);
    },
    held: () => Promise.resolve(new Set(held)),
  };
  const keeper = new GenerationKeeper({ generations, answers, locks, onLost });
  return { keeper, answers: () => shelf.list() };
}
const fresh = (): string => (database = `resume-${++number}`);

/** Asks as the page does; a model that throws is a tab that is closed in the middle. */
function ask(generation: HeldGeneration, client: FakeClient, text = renderTemplate(task).text) {
  const scaffold = findScaffold(generation.start.scaffold.id);
  if (scaffold === undefined) throw new Error(generation.start.scaffold.id);
  return generate(
    { task, scaffold, promptFor: () => ({ ...renderTemplate(task), text }) },
    {
      client: generation.client(client),
      evaluate: () => Promise.reject(new Error('not run')),
      emit: (event) => {
        if (event.type === 'files') generation.files(event.files);
      },
    },
  );
}

async function interrupted(...answers: Scripted[]): Promise<void> {
  fresh();
  const { keeper } = await tab();
  const client = new FakeClient(answers);
  await expect(ask(keeper.begin(start), client)).rejects.toThrow('the model was asked');
  expect((await keeper.interrupted()).offers).toEqual([]);
  held.clear();
}

describe('a generation whose tab is closed', () => {
  it('is offered with what it cost, and goes on without asking what was answered', async () => {
    await interrupted('first a plan');
    const { keeper, answers } = await tab();
    const { offers } = await keeper.interrupted();
    expect(offers).toMatchObject([{ answers: 1, cost: 0.01, finished: false, start }]);
    const again = await keeper.goOn(offers[0]?.id ?? '');
    if (again === undefined) throw new Error('it is gone');
    const client = new FakeClient([code]);
    const generated = await ask(again, client);
    expect(client.asked).toHaveLength(1);
    expect(client.asked[0]?.messages.map(({ text }) => text)).toContain('first a plan');
    expect(generated.kind).toBe('files');
    expect(generated.generation).toMatchObject({ turns: 2, cost: 0.02 });
    await again.done();
    expect(await answers()).toEqual([]);
    expect((await (await tab()).keeper.interrupted()).offers).toEqual([]);
  });

  it('asks anew from the first question on that is another one', async () => {
    await interrupted('first a plan');
    const { keeper } = await tab();
    const again = await keeper.goOn((await keeper.interrupted()).offers[0]?.id ?? '');
    if (again === undefined) throw new Error('it is gone');
    const client = new FakeClient(['another plan', code]);
    await ask(again, client, 'another prompt');
    expect(client.asked).toHaveLength(2);
    await again.leave();
    expect((await keeper.interrupted()).offers[0]).toMatchObject({ answers: 3, cost: 0.03 });
  });

  it('takes the result of a tool for the same when only its times differ', async () => {
    fresh();
    const generation = (await tab()).keeper.begin(start);
    const said = (text: string) => ({
      messages: [
        { role: 'user' as const, text: 'wait 5 s' },
        { role: 'tool' as const, callId: 'a', text },
      ],
    });
    const first = new FakeClient(['one']);
    await generation.client(first).ask(said('[2026-11-21 10:00:01] added 67 packages in 3s'));
    const second = new FakeClient(['two', 'three']);
    const later = '[2026-11-22 09:12:59] added 67 packages in 412ms';
    expect((await generation.client(second).ask(said(later))).text).toBe('one');
    expect((await generation.client(second).ask(said('added 68 packages in 3s'))).text).toBe('two');
    const { messages } = said(later);
    const other = { messages: messages.map((one) => ({ ...one, text: one.text.replace('5 s', '6 s') })) };
    expect((await generation.client(second).ask(other)).text).toBe('three');
  });

  it('has the files of its answers so far, until it is forgotten', async () => {
    fresh();
    const { keeper, answers } = await tab();
    const generation = keeper.begin(start);
    await ask(generation, new FakeClient(['a plan', code]));
    await generation.finished();
    held.clear();
    const [offer] = (await keeper.interrupted()).offers;
    expect(offer).toMatchObject({ answers: 2, finished: true });
    expect(Object.keys(offer?.files ?? {}).sort()).toEqual(['package.json', 'run.sh', 'server.js']);
    await keeper.forget(offer?.id ?? '');
    expect((await keeper.interrupted()).offers).toEqual([]);
    expect(await answers()).toEqual([]);
  });

  it('is offered by no tab while another works at it', async () => {
    await interrupted('first a plan');
    const [one, other] = [await tab(), await tab()];
    const [offer] = (await other.keeper.interrupted()).offers;
    const generation = await one.keeper.goOn(offer?.id ?? '');
    expect(await other.keeper.interrupted()).toEqual({ offers: [], underWay: [offer?.id] });
    expect(await other.keeper.goOn(offer?.id ?? '')).toBeUndefined();
    await generation?.leave();
    expect((await other.keeper.interrupted()).offers).toHaveLength(1);
  });

  it('leaves nothing without an answer', async () => {
    await interrupted();
    expect((await (await tab()).keeper.interrupted()).offers).toEqual([]);
  });

  it('goes on under the budget of now', async () => {
    await interrupted('first a plan');
    const { keeper } = await tab();
    const [offer] = (await keeper.interrupted()).offers;
    expect((await keeper.goOn(offer?.id ?? '', 2))?.start.budget).toBe(2);
  });
});

describe('what is kept of generations', () => {
  it('is read as what it is, or not at all', async () => {
    await interrupted('first a plan');
    const db = await openDB(database);
    const [row] = (await db.getAll('generations')) as { id: string; start: object }[];
    if (row === undefined) throw new Error('nothing was kept');
    await db.put('generations', { ...row, id: 'later', version: 2 });
    await db.put('generations', { ...row, id: 'elsewhere', start: { ...row.start, task: 7 } });
    await db.put('generations', { ...row, id: 'huge', files: { a: 'x'.repeat(2 ** 25 + 1) } });
    db.close();
    const { offers } = await (await tab()).keeper.interrupted();
    expect(offers.map(({ id }) => id)).toEqual([row.id]);
  });

  it('is no more than 20 generations', async () => {
    fresh();
    const { keeper, answers } = await tab();
    for (let at = 0; at < 22; at++) {
      const generation = keeper.begin(start);
      await generation.client(new FakeClient([`${at}`])).ask({ messages: [] });
      await generation.leave();
    }
    expect((await keeper.interrupted()).offers).toHaveLength(20);
    expect(await answers()).toHaveLength(20);
  });

  it('is not what is too large: the generation goes on, and says so', async () => {
    fresh();
    const lost: unknown[] = [];
    const { keeper, answers } = await tab((error) => lost.push(error));
    const client = keeper.begin(start).client(new FakeClient(() => 'x'.repeat(30 * 2 ** 20)));
    for (let at = 0; at < 3; at++) await client.ask({ messages: [] });
    expect(await answers()).toHaveLength(2);
    expect(lost).toHaveLength(1);
  });
});
