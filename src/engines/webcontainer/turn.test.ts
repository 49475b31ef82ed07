import { describe, expect, it } from 'vitest';
import { Turns } from './turn.ts';

describe('Turns', () => {
  it('lets one in at a time, in order', async () => {
    const turns = new Turns();
    const order: string[] = [];
    const leaveFirst = await turns.take(() => order.push('first waits'));
    const second = turns
      .take(() => order.push('second waits'))
      .then((leave) => {
        order.push('second in');
        return leave;
      });
    const third = turns
      .take(() => order.push('third waits'))
      .then((leave) => {
        order.push('third in');
        return leave;
      });
    await Promise.resolve();
    order.push('first leaves');
    leaveFirst();
    leaveFirst();
    (await second)();
    (await third)();
    expect(order).toEqual(['second waits', 'third waits', 'first leaves', 'second in', 'third in']);
    (await turns.take(() => order.push('nobody is there')))();
    expect(order).not.toContain('nobody is there');
  });

  it('is left by who gives up waiting', async () => {
    const turns = new Turns();
    const leave = await turns.take(() => undefined);
    const abort = new AbortController();
    const given = turns.take(() => undefined, abort.signal);
    const patient = turns.take(() => undefined);
    abort.abort(new Error('given up'));
    await expect(given).rejects.toThrow('given up');
    leave();
    (await patient)();
    await expect(turns.take(() => undefined, abort.signal)).rejects.toThrow('given up');
  });
});
