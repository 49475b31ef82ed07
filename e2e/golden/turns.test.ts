import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Turns } from './turns.ts';

describe('turns', () => {
  it('run so many at once, some of them alone, and all in the end', async () => {
    const turns = new Turns(2);
    const running = new Set<string>();
    const seen: string[] = [];
    const work = (name: string) => async () => {
      running.add(name);
      seen.push([...running].sort().join('+'));
      await wait(5);
      running.delete(name);
    };
    const first = ['a', 'b', 'c'].map((name) => turns.take(work(name)));
    const second = [turns.takeAlone(work('X')), turns.take(work('d')), turns.takeAlone(work('Y'))];
    await Promise.all([...first, ...second]);
    await turns.takeAlone(work('Z'));
    expect(seen.filter((names) => /[XYZ]/.test(names))).toEqual(['X', 'Y', 'Z']);
    expect(seen.some((names) => names.includes('+'))).toBe(true);
    expect(seen.every((names) => names.split('+').length <= 2)).toBe(true);
    expect(running.size).toBe(0);
    expect(seen).toHaveLength(7);
  });

  it('go on after work that fails', async () => {
    const turns = new Turns(1);
    await expect(turns.takeAlone(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(turns.take(() => Promise.resolve(1))).resolves.toBe(1);
  });
});
