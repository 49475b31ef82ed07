import { expect, it } from 'vitest';
import type { ProgramContext } from '../shell/program.ts';
import { ProgramProcess } from './program-process.ts';

it('does not begin before whoever started it has it, even where the program waits for nothing', async () => {
  const order: string[] = [];
  const process = new ProgramProcess(
    { pid: 2, ppid: 1, argv: ['pip', 'freeze'], env: {}, cwd: '/', output: () => undefined },
    async () => {
      order.push('program');
      return 3;
    },
    () => ({}) as ProgramContext,
    (fault) => order.push(String(fault)),
  );
  order.push('started');
  expect(await process.exit).toBe(3);
  expect(order).toEqual(['started', 'program']);
});
