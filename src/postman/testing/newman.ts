import newman, { type Summary } from 'newman';
import type { CollectionResult, CollectionSource } from '../../domain/collection.ts';
import { newmanStats } from '../newman-stats.ts';

/** What must be equal between Newman and this runner: order, codes, names, verdicts, messages, counts. */
export interface Outcome {
  executions: {
    name: string;
    position: number;
    code: number | undefined;
    error: string | undefined;
    assertions: [name: string, status: string, message: string | undefined][];
    scriptErrors: [script: string, message: string][];
  }[];
  stats: Record<string, { total: number; failed: number; pending: number }>;
  /** What went wrong, sorted. */
  failures: string[];
  console: string[];
}

/** A failed request of a script belongs to no item, and only its number is kept here. */
const ofScript = 'made by a script';

export interface NewmanOptions {
  port: number;
  requestMs: number;
  scriptMs: number;
  /** File for Newman's own JSON report. */
  jsonReport?: string;
}

/** Runs Newman itself, as the benchmark's evaluation does: with its variables as globals. */
export async function runNewman(source: CollectionSource, options: NewmanOptions): Promise<Outcome> {
  const { port, requestMs, scriptMs, jsonReport } = options;
  const executions = new Map<string, Outcome['executions'][number]>();
  const lines: string[] = [];
  const globals = {
    APIURL: `http://localhost:${port}/api`,
    USERNAME: 'user',
    EMAIL: 'user@mail.com',
    PASSWORD: 'password',
    ...source.variables,
  };
  const summary = await new Promise<Summary>((done, failed) => {
    const run = newman.run(
      {
        collection: JSON.parse(source.collection),
        ...(source.environment !== undefined && { environment: JSON.parse(source.environment) }),
        globalVar: Object.entries(globals).map(([key, value]) => ({ key, value })),
        timeoutRequest: requestMs,
        timeoutScript: scriptMs,
        ...(jsonReport !== undefined && {
          reporters: ['json'],
          reporter: { json: { export: jsonReport } },
        }),
      },
      (error, result) => (error ? failed(error) : done(result)),
    );
    const at = ({ ref }: { ref: string }) => executions.get(ref);
    run.on('beforeItem', (_error, { cursor, item }) =>
      executions.set(cursor.ref, {
        name: item.name,
        position: cursor.position,
        code: undefined,
        error: undefined,
        assertions: [],
        scriptErrors: [],
      }),
    );
    run.on('request', (error, { cursor, response }) => {
      const execution = at(cursor);
      // Requests of scripts have the same reference.
      if (execution === undefined || cursor.scriptId !== undefined) return;
      execution.code = response?.code;
      execution.error = error?.message;
    });
    run.on('script', (error, { cursor, event }) => {
      if (error) at(cursor)?.scriptErrors.push([event.listen, error.message ?? '']);
    });
    run.on('assertion', (error, { cursor, assertion, skipped }) => {
      const status = error ? 'failed' : skipped ? 'skipped' : 'passed';
      at(cursor)?.assertions.push([assertion, status, error?.message]);
    });
    run.on('console', (_error, { level, messages }) => lines.push(`${level} ${messages.length}`));
  });
  return {
    executions: [...executions.values()],
    stats: summary.run.stats,
    failures: summary.run.failures
      .map(({ at, error, cursor }) => {
        const made = at === 'request' && cursor.scriptId !== undefined;
        return `${at}: ${made ? ofScript : error.message}`;
      })
      .sort(),
    console: lines,
  };
}

/** The same of a result of ours. */
export function outcomeOf(result: CollectionResult): Outcome {
  const failures = result.executions.flatMap(({ assertions, scriptErrors, error, sent }) => [
    ...assertions
      .filter(({ status }) => status === 'failed')
      .map((assertion) => `assertion:${assertion.index} in test-script: ${assertion.error?.message}`),
    ...scriptErrors.map(({ at, message }) => `${at}: ${message}`),
    ...Array.from({ length: sent.failed }, () => `request: ${error ?? ofScript}`),
  ]);
  return {
    executions: result.executions.map((execution) => ({
      name: execution.name,
      position: execution.position,
      code:
        execution.exchange === undefined || execution.error !== undefined
          ? undefined
          : result.exchanges[execution.exchange]?.response?.status,
      error: execution.error,
      assertions: execution.assertions.map(({ name, status, error }) => [name, status, error?.message]),
      scriptErrors: execution.scriptErrors.map(({ script, message }) => [script, message]),
    })),
    stats: newmanStats(result),
    failures: failures.sort(),
    console: result.console.map(({ level }) => level),
  };
}
