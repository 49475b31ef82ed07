import type { SubstitutionKind, UnsupportedReason } from '../../domain/engine-report.ts';

/**
 * What the page and the relay say to each other beside the bytes of connections. JSON, in a frame that begins with
 * `{`, which no frame of the multiplexer does. The relay shares its sandbox with hostile code: the page parses all that
 * it says (schema.ts).
 */

export type FsCall =
  | { operation: 'readFile' | 'readdir' | 'stat'; path: string }
  | { operation: 'writeFile'; path: string; base64: string }
  | { operation: 'mkdir'; path: string; recursive: boolean }
  | { operation: 'rm'; path: string; recursive: boolean; force: boolean }
  | { operation: 'rename'; path: string; to: string }
  | { operation: 'chmod'; path: string; mode: number };

export interface SpawnCall {
  command: string;
  args: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string>>;
}

export type Call =
  ({ method: 'spawn' } & SpawnCall) | { method: 'connect'; port: number } | ({ method: 'fs' } & FsCall);

export type PageMessage =
  { type: 'call'; id: number; call: Call } | { type: 'kill'; pid: number; signal: number };

/** What the page parses with `schema.ts`. */
export type RelayMessage =
  | { type: 'hello'; node: string; directory: string; needsShell: boolean }
  | { type: 'reply'; id: number; value: unknown }
  | { type: 'failure'; id: number; code: string; message: string }
  | { type: 'exit'; pid: number; code: number }
  | { type: 'substitution'; package: string; kind: SubstitutionKind; detail: string }
  | { type: 'unsupported'; reason: UnsupportedReason; detail: string };

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const brace = '{'.charCodeAt(0);

export const isMessage = (frame: Uint8Array): boolean => frame[0] === brace;
export const encodeMessage = (message: PageMessage | RelayMessage): Uint8Array =>
  encoder.encode(JSON.stringify(message));
/** @throws SyntaxError. */
export const decodeMessage = (frame: Uint8Array): unknown => JSON.parse(decoder.decode(frame));
