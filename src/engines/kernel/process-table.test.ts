import { expect, it } from 'vitest';
import { limits } from '../../domain/limits.ts';
import { ProcessTable } from './process-table.ts';
import type { KernelProcess } from './process.ts';

/** A process that ends when it is told to, unless it ignores signals. */
function fake(pid: number, ppid: number, ignores = false) {
  let end: (code: number) => void = () => undefined;
  const exit = new Promise<number>((resolve) => (end = resolve));
  const process: KernelProcess & { signals: number[] } = {
    pid,
    ppid,
    command: `fake ${pid}`,
    exit,
    endedBy: 0,
    isThread: false,
    signals: [],
    input: () => undefined,
    signal(signal) {
      process.signals.push(signal);
      if (!ignores) end(128 + signal);
    },
    terminate: (code) => end(code),
  };
  return process;
}

it('refuses more processes than the limit, and takes new ones after an exit', async () => {
  const table = new ProcessTable(() => undefined);
  const first = table.add((pid) => fake(pid, 1));
  for (let i = 1; i < limits.processes; i++) table.add((pid) => fake(pid, 1));
  expect(() => table.add((pid) => fake(pid, 1))).toThrow('EAGAIN');
  first.terminate(0);
  await first.exit;
  await Promise.resolve();
  expect(table.add((pid) => fake(pid, 1)).pid).toBeGreaterThan(limits.processes);
});

it('kills what a process started, and ends what ignores the signal', async () => {
  const exits: [number, number][] = [];
  const table = new ProcessTable((process, code) => exits.push([process.pid, code]));
  const parent = table.add((pid) => fake(pid, 1));
  const child = table.add((pid) => fake(pid, parent.pid, true));
  table.kill(parent.pid, 15);
  expect(await parent.exit).toBe(143);
  table.kill(child.pid, 15);
  expect(await child.exit).toBe(143);
  await Promise.resolve();
  expect(exits.map(([pid]) => pid)).toEqual([parent.pid, child.pid]);
});

it('lets children outlive a parent that exits by itself', async () => {
  const table = new ProcessTable(() => undefined);
  const parent = table.add((pid) => fake(pid, 1));
  const child = table.add((pid) => fake(pid, parent.pid));
  parent.terminate(0);
  await parent.exit;
  await Promise.resolve();
  expect(table.get(child.pid)).toBe(child);
});

it('sends what is meant for a shell to the command that took its place, once', async () => {
  const table = new ProcessTable(() => undefined);
  const shell = fake(0, 1, true);
  const command = fake(0, 0, true);
  table.add((pid) => Object.assign(shell, { pid }));
  table.add((pid) => Object.assign(command, { pid, ppid: shell.pid }));
  table.replace(shell.pid, command.pid);
  table.kill(shell.pid, 15);
  table.send(shell.pid, 2);
  table.sendToGroup(shell.pid, 1);
  expect(command.signals).toEqual([15, 2, 1]);
  expect(shell.signals).toEqual([]);
});
