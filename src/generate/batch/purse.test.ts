import { describe, expect, it } from 'vitest';
import { ModelError } from '../client/types.ts';
import { FakeClient } from '../scaffolds/testing/fake-client.ts';
import { BudgetSpent, estimate, payFrom, Purse, type Amount, type Payment } from './purse.ts';

const of = (cost: number): Amount => ({ cost, tokens: 0 });
const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe('a purse', () => {
  it('lets a question wait for what others have set aside, and refuses what cannot fit', async () => {
    let spent = 0;
    const purse = new Purse(
      () => ({ cost: 10 }),
      () => of(spent),
    );
    const giveBack = await purse.setAside(of(6));
    await expect(purse.setAside(of(11))).rejects.toThrow(BudgetSpent);
    let second = false;
    const waiting = purse.setAside(of(6)).then((back) => ((second = true), back));
    await tick();
    expect(second).toBe(false);
    spent = 3;
    giveBack();
    (await waiting)();
    spent = 5;
    await expect(purse.setAside(of(6))).rejects.toThrow(BudgetSpent);
    spent = 10;
    expect(purse.empty).toBe(true);
    await expect(purse.setAside(of(0))).rejects.toThrow(BudgetSpent);
  });

  it('ends a wait that is cancelled, and looks again when there is more', async () => {
    let limit = 10;
    const purse = new Purse(
      () => ({ cost: limit }),
      () => of(0),
    );
    await purse.setAside(of(6));
    const abort = new AbortController();
    const cancelled = purse.setAside(of(6), abort.signal);
    const patient = purse.setAside(of(6));
    await tick();
    abort.abort();
    await expect(cancelled).rejects.toThrow(/abort/i);
    limit = 12;
    purse.wake();
    await patient;
  });
});

describe('what a question may take', () => {
  it('is its text, and the limit of its answer, else the mean so far', () => {
    const messages = [{ role: 'user' as const, text: 'x'.repeat(3_000) }];
    const price = { input: 1, output: 10 };
    expect(estimate({ messages, parameters: { maxTokens: 500 } }, price, 90)).toEqual({
      cost: (1_000 + 5_000) / 1e6,
      tokens: 1_500,
    });
    expect(estimate({ messages }, price, 90).tokens).toBe(1_090);
    expect(estimate({ messages }, undefined, undefined)).toEqual({ cost: 0, tokens: 9_000 });
  });
});

describe('a client that pays', () => {
  const paid: Payment[] = [];
  const setAside: Amount[] = [];
  let back = 0;
  const purse = {
    meanOutput: undefined,
    setAside: (amount: Amount) => {
      setAside.push(amount);
      return Promise.resolve(() => void back++);
    },
    paid: (payment: Payment) => void paid.push(payment),
  };

  it('pays for an answer, and for one that failed on its way', async () => {
    const partial = {
      text: 'hal',
      usage: { input: 7, output: 3, cached: 0, reasoning: 0 },
      cost: 0.5,
    };
    const whole = await new FakeClient([partial]).ask({ messages: [] });
    const failing = new FakeClient((_, index) => {
      if (index === 0) return 'whole';
      throw new ModelError({ kind: 'network', message: 'It broke.', advice: '' }, whole);
    });
    const client = payFrom(purse, failing, () => ({ input: 1, output: 1 }));
    await client.ask({ messages: [] });
    await expect(client.ask({ messages: [] })).rejects.toThrow('It broke.');
    expect(setAside).toHaveLength(2);
    expect(paid).toEqual([
      { cost: 0.01, input: 100, output: 50 },
      { cost: 0.5, input: 7, output: 3 },
    ]);
    expect(back).toBe(2);
  });
});
