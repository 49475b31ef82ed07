import { createServer, type Server, type Socket } from 'node:net';
import { nativeWarning } from '../../engines/native/index.ts';
import { socketDuplex } from '../../engines/native/sockets.ts';
import type { HostFailure } from '../../harness/host.ts';
import { join } from '../../engines/net/mux.ts';
import type { ServeCommand } from '../args.ts';
import type { Context } from '../context.ts';
import { ExitCode, UsageError } from '../exit-codes.ts';
import { printable } from '../io.ts';
import type { Runner, Served } from '../runner.ts';
import { loadSubmission } from '../submission.ts';
import { progressPrinter, withRunner } from './progress.ts';

/** Carries a connection from outside to the submission; what is refused inside is reset outside. */
async function carry(socket: Socket, served: Served): Promise<void> {
  const outside = socketDuplex(socket);
  try {
    await join(outside, await served.connect());
  } catch {
    outside.close();
  }
}

/** @throws UsageError when the port is taken */
function listen(
  port: number,
  onConnection: (socket: Socket) => void,
): Promise<{ server: Server; port: number }> {
  return new Promise((done, failed) => {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, onConnection);
    server.once('error', (error) => {
      const taken = 'code' in error && error.code === 'EADDRINUSE';
      failed(
        new UsageError(
          taken ? `Port ${port} is in use. Choose another with --port, or leave it out.` : error.message,
        ),
      );
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      done({ server, port: typeof address === 'object' && address !== null ? address.port : port });
    });
  });
}

function failureCode(context: Context, { blame, message }: HostFailure): ExitCode {
  context.io.err(
    blame === 'engine'
      ? `The engine failed: ${printable(message)}`
      : `The submission failed: ${printable(message)}`,
  );
  return blame === 'engine' ? ExitCode.unscored : ExitCode.failed;
}

async function stayUp(context: Context, served: Served, port: number): Promise<ExitCode> {
  const { io, signal } = context;
  const sockets = new Set<Socket>();
  const listening = await listen(port, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    void carry(socket, served);
  });
  io.out(`listening on http://127.0.0.1:${listening.port}`);
  const stopped = new Promise<undefined>((done) => {
    signal.addEventListener('abort', () => done(undefined), { once: true });
    if (signal.aborted) done(undefined);
  });
  const failure = await Promise.race([served.ended, stopped]);
  listening.server.close();
  for (const socket of sockets) socket.destroy();
  return failure === undefined ? ExitCode.passed : failureCode(context, failure);
}

/** Puts the server that runs in a sandbox on a loopback port until it is stopped. */
export async function serveSubmission(context: Context, command: ServeCommand): Promise<ExitCode> {
  const { io, signal } = context;
  const { files, notes } = await loadSubmission(command.path);
  for (const note of notes) io.err(note);
  if (command.engine === 'native') io.err(nativeWarning);
  const onEvent = progressPrinter(io, (line) => io.err(line), command.log);
  return withRunner(context, command.engine, async (runner: Runner) => {
    const served = await runner.serve(command.task, files, { signal, onEvent });
    if ('blame' in served) return failureCode(context, served);
    try {
      return await stayUp(context, served, command.port);
    } finally {
      await served.stop();
    }
  });
}
