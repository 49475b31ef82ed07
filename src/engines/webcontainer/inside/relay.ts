import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { LineReader, LineWriter, type Base64 } from '../lines.ts';
import {
  decodeMessage,
  encodeMessage,
  isMessage,
  type Call,
  type PageMessage,
  type RelayMessage,
} from '../messages.ts';
import { Mux } from '../../net/mux.ts';
import { files, relayVariables } from './environment.ts';
import { isOnPath } from './find-program.ts';
import { perform } from './files.ts';
import { Processes } from './processes.ts';
import { pumpIn, pumpOut } from './pump.ts';
import { ReportReader } from './reports.ts';

/**
 * The relay: the one process that the page starts in a WebContainer. Over its standard input and output it starts
 * processes with streams of their own, opens TCP connections to servers beside it, and does what the client's file
 * system lacks. It needs nothing but Node's own library.
 */

const base64: Base64 = {
  encode: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  decode: (text) => new Uint8Array(Buffer.from(text, 'base64')),
};

/** Both, as a server may listen on either alone. */
const loopback = ['127.0.0.1', '::1'] as const;

const writer = new LineWriter('r', base64);
const send = (frame: Uint8Array) => void process.stdout.write(writer.line(frame));
const post = (message: RelayMessage) => send(encodeMessage(message));
const mux = new Mux(send);
let lastLabel = 0;
const open = () => {
  const label = ++lastLabel;
  return { connection: mux.open(label), label };
};

/** Moves the relay's files out of the submission's directory. @returns where they are now */
function moveAway(): string {
  const target = join(tmpdir(), files.folder);
  try {
    rmSync(target, { recursive: true, force: true });
    renameSync(__dirname, target);
    return target;
  } catch {
    return __dirname;
  }
}

function dial(port: number, host: string): Promise<Socket> {
  return new Promise((done, failed) => {
    const socket = connect({ port, host, allowHalfOpen: true });
    socket.once('connect', () => done(socket));
    socket.once('error', failed);
  });
}

async function connectTo(port: number): Promise<{ label: number }> {
  const [first, second] = loopback;
  const socket = await dial(port, first).catch((error: unknown) =>
    dial(port, second).catch(() => {
      throw error;
    }),
  );
  socket.setNoDelay(true);
  const { connection, label } = open();
  pumpOut(socket, connection.writable);
  void pumpIn(connection.readable, socket, () => socket.resetAndDestroy());
  return { label };
}

/** The environment of what the page starts. */
function environment(directory: string, shell: readonly string[] | undefined): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && name !== relayVariables.shell) env[name] = value;
  }
  env[relayVariables.reports] = join(directory, files.reports);
  if (existsSync(join(directory, files.addons))) {
    const preload = `--require ${join(directory, files.addons)}`;
    env['NODE_OPTIONS'] = env['NODE_OPTIONS'] === undefined ? preload : `${env['NODE_OPTIONS']} ${preload}`;
  }
  if (shell !== undefined) {
    const bin = join(directory, 'bin');
    mkdirSync(bin, { recursive: true });
    const script = `#!/usr/bin/env node\nrequire(${JSON.stringify(join(directory, files.shell))});\n`;
    writeFileSync(join(bin, 'bash'), script, { mode: 0o755 });
    env['PATH'] = `${bin}${delimiter}${env['PATH'] ?? ''}`;
  }
  return env;
}

function main(): void {
  if (process.stdin.isTTY) process.stdin.setRawMode(true);
  const directory = moveAway();
  const ownShell =
    process.env[relayVariables.shell] === 'own' || !isOnPath('bash', process.env['PATH'] ?? '');
  const shell = ownShell ? [process.execPath, join(directory, files.shell)] : undefined;
  const reports = new ReportReader(join(directory, files.reports), post);
  const processes = new Processes({
    open,
    shell,
    env: environment(directory, shell),
    onExit: (pid, code) => {
      reports.read();
      post({ type: 'exit', pid, code });
    },
  });

  const execute = (call: Call): Promise<unknown> => {
    switch (call.method) {
      case 'spawn':
        return processes.start(call);
      case 'connect':
        return connectTo(call.port);
      case 'fs':
        return perform(call);
    }
  };
  const answer = async (id: number, call: Call) => {
    try {
      post({ type: 'reply', id, value: await execute(call) });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'EIO';
      post({ type: 'failure', id, code, message: message.slice(0, 2_000) });
    }
  };
  const take = (message: PageMessage) => {
    if (message.type === 'kill') processes.kill(message.pid, message.signal);
    else void answer(message.id, message.call);
  };
  const reader = new LineReader('p', base64, {
    // The page is who started this process; what it says needs no check.
    onFrame: (frame) => (isMessage(frame) ? take(decodeMessage(frame) as PageMessage) : mux.receive(frame)),
    onNoise: () => undefined,
    onBroken: (reason) => {
      process.stderr.write(`relay: what the page sent could not be read: ${reason}\n`);
      process.exit(70);
    },
  });
  process.stdin.setEncoding('latin1').on('data', (text: string) => reader.push(text));
  process.stdin.on('end', () => process.exit(0));

  if (ownShell) {
    const detail = 'Shell scripts run in just-bash, a shell in JavaScript, as there is no bash.';
    post({ type: 'substitution', package: 'bash', kind: 'runtime', detail });
  }
  post({ type: 'hello', node: process.version, directory, needsShell: ownShell });
}

main();
