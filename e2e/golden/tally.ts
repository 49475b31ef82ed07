import type { Comparison } from './compare.ts';
import type { AppCase, ProbeCase } from './scenario.ts';

interface Count {
  cases: number;
  wholly: number;
  compared: number;
  identical: number;
  accepted: number;
  open: number;
}

const none = (): Count => ({ cases: 0, wholly: 0, compared: 0, identical: 0, accepted: 0, open: 0 });

/** Counts what was compared. */
export class Tally {
  readonly accepted = new Set<string>();
  readonly #counts = { app: none(), probe: none() };

  add({ kind }: AppCase | ProbeCase, { compared, identical, open, accepted, problems }: Comparison): void {
    const count = this.#counts[kind];
    count.cases += 1;
    count.compared += compared;
    count.identical += identical;
    count.accepted += problems.length === 0 ? compared - identical - open : 0;
    count.open += open;
    if (problems.length === 0 && compared === identical) count.wholly += 1;
    for (const id of accepted) this.accepted.add(id);
  }

  get cases(): number {
    return this.#counts.app.cases + this.#counts.probe.cases;
  }

  /** Two lines for people. */
  summary(language: string): string {
    const line = (name: string, { cases, wholly, compared, identical, accepted, open }: Count) =>
      `golden ${language} ${name}: ${wholly} of ${cases} identical in all; ${identical} of ${compared} answers and outputs identical, ${accepted} with accepted differences, ${open} with open faults`;
    return [line('apps', this.#counts.app), line('probes', this.#counts.probe)].join('\n');
  }
}
