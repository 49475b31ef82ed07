import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { Price } from '../client/prices.ts';
import { ModelError } from '../client/types.ts';
import { decayCurves } from '../../report/decay.ts';
import { renderTemplate } from '../prompts/variant.ts';
import { findScaffold, generateRun, rememberAnswers } from '../scaffolds/index.ts';
import { FakeClient, written, type Scripted } from '../scaffolds/testing/fake-client.ts';
import { around, bad, evaluateFake, good, taskOf } from '../scaffolds/testing/world.ts';
import {
  BatchRunner,
  batch,
  payFrom,
  planBatch,
  progressOf,
  rowCells,
  rowHeader,
  rowsOf,
  type Batch,
  type BatchModel,
  type BatchParts,
  type BatchPlan,
} from './index.ts';

const right = written({ ...around, 'server.js': good });
const wrong = written({ ...around, 'server.js': bad });

const connection = { preset: 'custom' as const, address: 'http://localhost:1/v1', api: 'chat' as const };
const plan: BatchPlan = {
  name: 'two models',
  models: [
    { connection, id: 'strong', label: 'strong', parameters: {} },
    { connection, id: 'weak', label: 'weak', parameters: { temperature: 1 } },
  ],
  tasks: ['express-unconstrained', 'express-clean_architecture-sqlite-sequelize'],
  samples: 2,
  scaffold: { id: 'single-shot', options: {} },
  concurrency: 2,
};
const planned = (change: Partial<BatchPlan> = {}): Batch =>
  planBatch({ ...plan, ...change }, 'batch1', new Date(0));

const sentParameters = ({ parameters: { maxTokens } }: BatchModel): { maxTokens?: number } =>
  maxTokens === undefined ? {} : { maxTokens };

/** A batch over scripted models; what it stores goes through JSON, as in a browser's database. */
class World {
  stored: Batch | undefined;
  asked: string[] = [];
  most = 0;
  now = 0;
  runner: BatchRunner | undefined;
  /** Without one, dollars cannot be set aside. */
  price: Price | undefined;
  /** As the provider tells it. */
  cost = 0.01;
  readonly answers = new Map<string, Awaited<ReturnType<FakeClient['ask']>>>();
  answer: (label: string, scope: string, signal: AbortSignal) => Scripted | Promise<Scripted> = (label) =>
    label === 'strong' ? right : wrong;

  readonly parts: BatchParts = {
    onChange: () => {},
    save: async (state) => {
      await Promise.resolve();
      this.stored = v.parse(batch, JSON.parse(JSON.stringify(state)));
    },
    runCell: async ({ cell, model, scope, purse }, signal) => {
      this.now++;
      this.most = Math.max(this.most, this.now);
      const task = taskOf(cell.task);
      const fake = new FakeClient(async () => {
        this.asked.push(scope);
        const scripted = await this.answer(model.label, scope, signal);
        const given = typeof scripted === 'string' ? { text: scripted } : scripted;
        return { cost: this.cost, ...given };
      });
      const memory = {
        find: (key: string) => Promise.resolve(this.answers.get(key)),
        keep: (key: string, answer: Awaited<ReturnType<FakeClient['ask']>>) =>
          Promise.resolve(void this.answers.set(key, answer)),
      };
      const scaffold = findScaffold('single-shot');
      if (scaffold === undefined) throw new Error('single-shot');
      try {
        return await generateRun(
          { task, scaffold, promptFor: renderTemplate, parameters: sentParameters(model) },
          {
            client: rememberAnswers(
              payFrom(purse, fake, () => this.price),
              memory,
              scope,
            ),
            evaluate: evaluateFake(task).evaluate,
            signal,
          },
        );
      } finally {
        this.now--;
      }
    },
  };

  start(state: Batch): BatchRunner {
    this.runner = new BatchRunner(state, this.parts);
    this.runner.resume();
    return this.runner;
  }
}

describe('a batch', () => {
  it('runs every cell once, no more at a time than it may, and gives a curve', async () => {
    const world = new World();
    const runner = world.start(planned());
    await runner.settled();
    expect(runner.state).toBe('finished');
    expect(world.asked).toHaveLength(8);
    expect(new Set(world.asked).size).toBe(8);
    expect(world.most).toBe(2);
    expect(progressOf(runner.batch)).toMatchObject({
      total: 8,
      done: 8,
      running: 0,
      unscored: 0,
      tokens: 1200,
      unpriced: 0,
    });
    expect(progressOf(runner.batch).cost).toBeCloseTo(0.08);
    const curves = decayCurves(rowsOf(runner.batch));
    expect(curves.map(({ model }) => model)).toEqual(['strong', 'weak']);
    expect(curves[0]?.points[0]).toMatchObject({ runs: 2, raw: { value: 1 }, pass: { value: 1 } });
    // The same server under three constraints breaks them all: raw stays, strict falls to nothing.
    expect(curves[0]?.decay).toMatchObject({ raw: 0, strict: -1, pass: -1 });
    for (const row of rowsOf(runner.batch)) expect(rowCells(row)).toHaveLength(rowHeader.length);
    expect(world.stored).toEqual(runner.batch);
  });

  it('goes on after a reload in the middle, and asks for nothing twice that was answered', async () => {
    const world = new World();
    let release: (() => void) | undefined;
    world.answer = (label, _, signal) =>
      world.asked.length <= 3
        ? right
        : new Promise((resolve, reject) => {
            release = () => resolve(label === 'strong' ? right : wrong);
            signal.addEventListener('abort', () => reject(signal.reason as Error));
          });
    const first = world.start(planned({ concurrency: 1 }));
    while (release === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
    // The tab is closed here: what is stored is all there is. The answer of the third cell is kept, its run is not.
    const snapshot = structuredClone(world.stored);
    await first.stop();
    if (snapshot === undefined) throw new Error('nothing was stored');
    const lost: Batch = {
      ...snapshot,
      cells: snapshot.cells.map((cell, at) =>
        at === 2 ? { ...cell, status: 'running', result: undefined } : cell,
      ),
    };
    const before = [...world.asked];
    world.answer = (label) => (label === 'strong' ? right : wrong);
    const second = world.start(v.parse(batch, JSON.parse(JSON.stringify(lost))));
    await second.settled();
    expect(second.state).toBe('finished');
    const after = world.asked.slice(before.length);
    expect(before.slice(0, 3).some((scope) => after.includes(scope))).toBe(false);
    expect(after).toHaveLength(5);
  });

  it('pauses without ending what is under way, and stops at once', async () => {
    const world = new World();
    const runner = world.start(planned({ concurrency: 1 }));
    runner.pause();
    await runner.settled();
    expect(runner.state).toBe('paused');
    expect(progressOf(runner.batch)).toMatchObject({ done: 1, running: 0 });
    world.answer = (_, __, signal) =>
      new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason as Error)),
      );
    runner.resume();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await runner.stop();
    expect(progressOf(runner.batch)).toMatchObject({ done: 1, running: 0 });
    world.answer = () => right;
    runner.resume();
    await runner.settled();
    expect(progressOf(runner.batch)).toMatchObject({ done: 8 });
  });

  it('stops at its budget, and goes on when there is more', async () => {
    const world = new World();
    const runner = world.start(planned({ concurrency: 1, budget: { cost: 0.03 } }));
    await runner.settled();
    expect(runner.state).toBe('budget');
    expect(runner.short).toBeUndefined();
    expect(progressOf(runner.batch).done).toBe(3);
    runner.budget = { tokens: 10 };
    runner.resume();
    await runner.settled();
    expect(runner.state).toBe('budget');
    expect(progressOf(runner.batch).done).toBe(3);
    runner.budget = {};
    runner.resume();
    await runner.settled();
    expect(runner.state).toBe('finished');
  });

  it('does not overdraw its budget by what is under way', async () => {
    const world = new World();
    // An answer takes 1,000 of 1,000 tokens, $1; the prompt is free. Five fit, not eight, however many run at a time.
    world.price = { input: 0, output: 1000 };
    world.cost = 1;
    world.answer = () => new Promise((resolve) => setTimeout(() => resolve(right), 20));
    const models = plan.models.map((model) => ({ ...model, parameters: { maxTokens: 1000 } }));
    const runner = world.start(planned({ models, concurrency: 8, budget: { cost: 5.5 } }));
    await runner.settled();
    expect(runner.state).toBe('budget');
    expect(runner.short?.cost).toBe(1);
    expect(world.asked).toHaveLength(5);
    expect(progressOf(runner.batch)).toMatchObject({ done: 5, running: 0, unscored: 0, cost: 5 });
    runner.budget = { cost: 8 };
    runner.resume();
    await runner.settled();
    expect(runner.state).toBe('finished');
    expect(world.asked).toHaveLength(8);
  });

  it('counts what was paid for answers that are of no use any more', async () => {
    const world = new World();
    world.answer = () => 'I’m sorry, I can’t.';
    const runner = world.start(planned({ samples: 1 }));
    await runner.settled();
    expect(progressOf(runner.batch)).toMatchObject({ unscored: 4 });
    world.answer = () => right;
    runner.retryUnscored();
    await runner.settled();
    expect(world.asked).toHaveLength(8);
    expect(progressOf(runner.batch)).toMatchObject({ unscored: 0, tokens: 1200 });
    expect(progressOf(runner.batch).cost).toBeCloseTo(0.08);
    // After a reload as well.
    expect(progressOf(v.parse(batch, JSON.parse(JSON.stringify(world.stored)))).cost).toBeCloseTo(0.08);
  });

  it('goes on with the other models when the provider of one fails', async () => {
    const world = new World();
    world.answer = (label) => {
      if (label === 'strong') return right;
      throw new ModelError({ kind: 'key', message: 'The key is wrong.', advice: '' });
    };
    const runner = world.start(planned({ samples: 4, concurrency: 2 }));
    await runner.settled();
    expect(runner.state).toBe('provider');
    expect(runner.failing).toEqual(['weak']);
    const rows = rowsOf(runner.batch);
    expect(rows.filter(({ model }) => model === 'strong')).toHaveLength(8);
    expect(rows.filter(({ model }) => model === 'weak').length).toBeLessThan(6);
    world.answer = () => wrong;
    runner.retryUnscored();
    await runner.settled();
    expect(runner.state).toBe('finished');
    expect(progressOf(runner.batch)).toMatchObject({ done: 16, unscored: 0 });
  });

  it('asks again for the unscored alone: anew when the model gave nothing', async () => {
    const world = new World();
    world.answer = (label, scope) => {
      if (label === 'strong') return right;
      if (scope.includes('.1/')) return 'I’m sorry, I can’t.';
      throw new ModelError({ kind: 'server', message: 'The provider failed.', advice: '' });
    };
    const runner = world.start(planned());
    await runner.settled();
    expect(progressOf(runner.batch).unscored).toBe(4);
    expect(
      rowsOf(runner.batch)
        .flatMap(({ unscored }) => unscored?.split(':')[0] ?? [])
        .sort(),
    ).toEqual(['generation', 'generation', 'provider', 'provider']);
    const before = world.asked.length;
    world.answer = () => wrong;
    runner.retryUnscored();
    await runner.settled();
    expect(progressOf(runner.batch)).toMatchObject({ done: 8, unscored: 0 });
    const again = world.asked.slice(before);
    expect(again).toHaveLength(4);
    expect(again.filter((scope) => scope.endsWith('/2'))).toHaveLength(2);
  });

  it('goes on when the page fails in one cell, and when it cannot store', async () => {
    const world = new World();
    world.answer = (label) => {
      if (label === 'weak') throw new TypeError('ours');
      return right;
    };
    const runner = new BatchRunner(planned(), {
      ...world.parts,
      save: () => Promise.reject(new Error('full')),
    });
    runner.resume();
    await runner.settled();
    expect(progressOf(runner.batch)).toMatchObject({ done: 8, unscored: 4 });
    expect(runner.saveFault).toMatchObject({ message: 'full' });
  });

  it('asks no more when the provider fails again and again', async () => {
    const world = new World();
    world.answer = () => {
      throw new ModelError({ kind: 'key', message: 'The key is wrong.', advice: '' });
    };
    const runner = world.start(planned({ concurrency: 1 }));
    await runner.settled();
    expect(runner.state).toBe('provider');
    expect(progressOf(runner.batch)).toMatchObject({ done: 6, unscored: 6 });
    world.answer = () => right;
    runner.retryUnscored();
    await runner.settled();
    expect(progressOf(runner.batch)).toMatchObject({ done: 8, unscored: 0 });
  });

  it('refuses a plan that is none', () => {
    expect(() => planned({ models: [] })).toThrow();
    expect(() => planned({ concurrency: 0 })).toThrow();
    expect(() => planned({ tasks: ['../etc'] })).toThrow();
  });
});
