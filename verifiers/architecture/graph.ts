import type { Import, Module, Project } from '../syntax/types.ts';
import { usesOf } from './uses.ts';

/** An import of one file of the submission by another. */
export interface Edge {
  readonly from: Module;
  readonly import: Import;
  /** The file that defines what is taken. */
  readonly to: string;
  /** What is taken, as it is named there; `*` for the module as a whole. */
  readonly name: string;
  /** Files that passed it on. */
  readonly via: readonly string[];
}

/** Which files of the running code use which: imports followed to what they take, types aside. */
export class ImportGraph {
  readonly edges: readonly Edge[];
  /** Imports of types only, which leave nothing behind when the code runs. */
  readonly typeEdges: readonly Edge[];
  readonly #next = new Map<string, Set<string>>();

  constructor(project: Project, modules: readonly Module[]) {
    const all = modules.flatMap((module) =>
      module.imports.flatMap((one) =>
        usesOf(project, module, one).map((use) => ({ from: module, import: one, ...use })),
      ),
    );
    this.edges = all.filter((edge) => !edge.import.typeOnly);
    this.typeEdges = all.filter((edge) => edge.import.typeOnly);
    for (const { from, to } of this.edges) {
      const targets = this.#next.get(from.path) ?? new Set();
      if (from.path !== to) targets.add(to);
      this.#next.set(from.path, targets);
    }
  }

  /** The shortest way over imports from one file to another, both included; undefined when there is none. */
  path(from: string, to: string): string[] | undefined {
    const before = new Map<string, string>();
    const queue = [from];
    for (const file of queue) {
      for (const next of this.#next.get(file) ?? []) {
        if (next === to) return trace(before, from, file, to);
        if (next === from || before.has(next)) continue;
        before.set(next, file);
        queue.push(next);
      }
    }
    return undefined;
  }

  /** One cycle of each group of files that lead to each other, as a path that ends where it begins. */
  cycles(): string[][] {
    return this.#groups().flatMap((group) => {
      const start = [...group].sort()[0] ?? '';
      const cycle = this.path(start, start);
      return cycle === undefined ? [] : [cycle];
    });
  }

  /** Groups of two files and more in which every file leads to every other one (Tarjan's algorithm, without recursion). */
  #groups(): string[][] {
    const groups: string[][] = [];
    const order = new Map<string, number>();
    const lowest = new Map<string, number>();
    const open: string[] = [];
    const isOpen = new Set<string>();
    for (const root of this.#next.keys()) {
      if (order.has(root)) continue;
      const calls = [this.#visit(root, order, lowest, open, isOpen)];
      for (let call = calls.at(-1); call !== undefined; call = calls.at(-1)) {
        const { done, value: next } = call.rest.next();
        if (!done) {
          if (!order.has(next)) calls.push(this.#visit(next, order, lowest, open, isOpen));
          else if (isOpen.has(next)) lower(lowest, call.file, order.get(next) ?? 0);
          continue;
        }
        calls.pop();
        const low = lowest.get(call.file) ?? 0;
        const caller = calls.at(-1);
        if (caller !== undefined) lower(lowest, caller.file, low);
        if (low !== order.get(call.file)) continue;
        const group = open.splice(open.lastIndexOf(call.file));
        for (const file of group) isOpen.delete(file);
        if (group.length > 1) groups.push(group);
      }
    }
    return groups;
  }

  #visit(
    file: string,
    order: Map<string, number>,
    lowest: Map<string, number>,
    open: string[],
    isOpen: Set<string>,
  ): { file: string; rest: Iterator<string, undefined> } {
    lowest.set(file, order.size);
    order.set(file, order.size);
    open.push(file);
    isOpen.add(file);
    return { file, rest: (this.#next.get(file) ?? new Set<string>()).values() };
  }
}

function lower(lowest: Map<string, number>, file: string, value: number): void {
  lowest.set(file, Math.min(lowest.get(file) ?? value, value));
}

function trace(before: ReadonlyMap<string, string>, from: string, last: string, to: string): string[] {
  const way = [to];
  for (let file: string | undefined = last; file !== undefined && file !== from; file = before.get(file))
    way.unshift(file);
  return [from, ...way];
}
