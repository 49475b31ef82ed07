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
  readonly #again: string[] = [];
  readonly #times: { id: string; ms: number }[] = [];

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

  /** Notes how long a case took. */
  time(id: string, ms: number): void {
    this.#times.push({ id, ms });
  }

  /** Notes a case that was run a second time, why, and whether that was of use. */
  ranAgain(id: string, problems: readonly string[], { problems: left }: Comparison): void {
    const end = left.length === 0 ? 'identical then, or different as listed' : 'it still differs';
    this.#again.push(`${id}: ${end}; at first:\n${problems.join('\n')}`);
  }

  get cases(): number {
    return this.#counts.app.cases + this.#counts.probe.cases;
  }

  /** For people: two lines of figures, what was run again, and what took longest. */
  summary(language: string): string {
    const line = (name: string, { cases, wholly, compared, identical, accepted, open }: Count) =>
      `golden ${language} ${name}: ${wholly} of ${cases} identical in all; ${identical} of ${compared} answers and outputs identical, ${accepted} with accepted differences, ${open} with open faults`;
    const slow = this.#times.sort((one, other) => other.ms - one.ms).slice(0, 8);
    return [
      line('apps', this.#counts.app),
      line('probes', this.#counts.probe),
      `golden ${language}: longest: ${slow.map(({ id, ms }) => `${id} ${(ms / 1000).toFixed(1)} s`).join(', ')}`,
      `golden ${language}: run again: ${this.#again.length === 0 ? 'none' : this.#again.join('\n')}`,
    ].join('\n');
  }
}
