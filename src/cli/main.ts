import { join } from 'node:path';
import { env, stderr, stdout } from 'node:process';
import type { EngineChoice } from './args.ts';
import { browserRunner } from './browser-runner.ts';
import { decay } from './decay.ts';
import type { Io } from './io.ts';
import { nativeRunner } from './native-runner.ts';

export interface MainOptions {
  /** Without the program's own name. */
  argv: readonly string[];
  /** Of the checkout: holds dist/. */
  root: string;
  version: string;
}

const terminal: Io = {
  out: (text) => void stdout.write(`${text}\n`),
  err: (text) => void stderr.write(`${text}\n`),
  colour: stdout.isTTY === true && env.NO_COLOR === undefined,
};

/** The `decay` command. @returns its exit code */
export async function main({ argv, root, version }: MainOptions): Promise<number> {
  // Whoever reads us has had enough (`decay tasks | head`).
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  const stop = new AbortController();
  const onSignal = () => {
    // The second one ends the process at once, whatever hangs.
    if (stop.signal.aborted) process.exit(130);
    stop.abort(new DOMException('stopped', 'AbortError'));
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  const dist = join(root, 'dist');
  const settings = { host: env.DECAY_WEBCONTAINER_HOST, apiKey: env.DECAY_WEBCONTAINER_KEY };
  const openRunner = async (engine: EngineChoice) =>
    engine === 'native' ? nativeRunner(dist) : browserRunner(engine, dist, settings);
  return decay({ io: terminal, openRunner, signal: stop.signal, version }, argv);
}
