import { describe, expect, it } from 'vitest';
import { evaluate, Evaluation, findCycles, type Evaluable } from './evaluation.ts';

/** Modules by name: what each needs, `awaits` the ones that wait a turn in their midst, `fails` those that throw. */
function graph(needs: Record<string, string>, awaits = '', fails = '') {
  const log: string[] = [];
  const modules = new Map<string, Evaluable>();
  for (const name of Object.keys(needs)) {
    const module: Evaluable = {
      evaluation: new Evaluation(),
      get dependencies() {
        return [...(needs[name] ?? '')].flatMap((each) => modules.get(each) ?? []);
      },
      awaits: awaits.includes(name),
      execute() {
        log.push(name);
        if (!module.awaits) {
          if (fails.includes(name)) throw new Error(name);
          return undefined;
        }
        return Promise.resolve().then(() => {
          if (fails.includes(name)) throw new Error(name);
          log.push(`${name}.`);
        });
      },
    };
    modules.set(name, module);
  }
  return { log, at: (name: string) => modules.get(name) as Evaluable };
}

describe('evaluate', () => {
  it('runs what a module needs first, each once, and a cycle from its far end', () => {
    const { log, at } = graph({ a: 'bc', b: 'd', c: 'd', d: 'a' });
    void evaluate(at('a'));
    expect(log.join(' ')).toBe('d b c a');
  });

  it('lets modules that await run side by side, and those that need them wait', async () => {
    const { log, at } = graph({ a: 'bcd', b: '', c: '', d: '' }, 'bc');
    await evaluate(at('a'));
    expect(log.join(' ')).toBe('b c d b. c. a');
  });

  it('hands a failure to all that need the module, and remembers it', async () => {
    const { log, at } = graph({ a: 'bc', b: '', c: '', x: 'b' }, 'b', 'b');
    await expect(evaluate(at('a'))).rejects.toThrow('b');
    await expect(evaluate(at('a'))).rejects.toThrow('b');
    await expect(evaluate(at('x'))).rejects.toThrow('b');
    expect(log.join(' ')).toBe('b c');
  });

  it('stops at a body that throws at once', async () => {
    const { log, at } = graph({ a: 'bc', b: '', c: '' }, '', 'b');
    await expect(evaluate(at('a'))).rejects.toThrow('b');
    expect(log.join(' ')).toBe('b');
  });
});

it('findCycles finds the members of cycles only', () => {
  const links: Record<string, string[]> = { a: ['b', 'e'], b: ['c'], c: ['d'], d: ['b'], e: ['e'], f: [] };
  expect([...findCycles('a', (name) => links[name] ?? [])].sort()).toEqual(['b', 'c', 'd', 'e']);
});
