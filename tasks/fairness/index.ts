import { contractVersion } from '../contract/index.ts';
import { listAssertions, runSuite, type Suite } from '../suite/runner.ts';
import { LibertyServer, type PlainServer } from './liberties.ts';
import { gather, type FairnessReport, type Finding } from './report.ts';
import { runOptions } from './run-options.ts';
import { checkShapes } from './shapes.ts';

export type { FairnessReport } from './report.ts';

/**
 * Shows what a suite asks beyond the contract; see docs/fairness.md.
 * @param startPlain starts a server that keeps the contract, new for each seed
 * @param seeds each makes other invented answers, and another server that keeps the contract in its own way
 */
export async function checkFairness(
  suite: Suite,
  startPlain: () => PlainServer,
  seeds: readonly number[],
): Promise<FairnessReport> {
  const findings = [
    ...(await checkShapes(suite, seeds)),
    ...(await checkLiberties(suite, startPlain, seeds)),
  ];
  const order = new Map(listAssertions(suite).map(({ id }, i) => [id, i]));
  const place = ({ assertion }: Finding) => order.get(assertion) ?? -1;
  return {
    suite: { id: suite.id, version: suite.version },
    contract: contractVersion,
    assertions: order.size,
    seeds,
    unsupported: gather(findings).sort((a, b) => place(a) - place(b)),
  };
}

/** Runs a suite against servers that keep the contract, each in a way of its own: whatever does not pass is unfair. */
async function checkLiberties(
  suite: Suite,
  startPlain: () => PlainServer,
  seeds: readonly number[],
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const seed of seeds) {
    const server = new LibertyServer(startPlain(), seed);
    const send = async (request: Parameters<PlainServer['handle']>[0]) => {
      await server.wait();
      return server.handle(request);
    };
    const result = await runSuite(suite, { ...runOptions(seed), send });
    for (const { id, status, message, expected, got } of result.assertions) {
      if (status === 'passed') continue;
      const values = expected === undefined ? '' : ` (expected ${expected}, got ${got ?? 'nothing'})`;
      const reason = `${status} on a server that keeps the contract: ${message ?? ''}${values}`;
      findings.push({ assertion: id, check: 'liberties', seed, reason });
    }
  }
  return findings;
}
