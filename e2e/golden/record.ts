import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Bytes as they stand in a record: text, its lines when there are several, else base64, or a hash when they are many. */
export type Content = string | string[] | { base64: string } | { sha256: string; bytes: number };

/** What was asked, and the answer as it came over the wire. */
export interface Exchange {
  request: string;
  /** Status code and phrase. */
  status?: string;
  /** Header lines in wire order. */
  headers?: string[];
  body?: Content;
  /** The body without its content coding. */
  decoded?: Content;
  /** All that came over a connection of its own. */
  raw?: Content;
  /** Why no answer came: `closed`, `no answer in time` or the engine's error code. */
  error?: string;
}

/** What is recorded of a probe or an app, and compared. */
export interface GoldenRecord {
  exit: number;
  stdout: Content;
  stderr: Content;
  exchanges?: Exchange[];
  /** Path in node_modules and version of each package that was installed. */
  packages?: string[];
}

const largeBytes = 32_000;

/** Bytes to content; text that is not UTF-8 stays as it is. */
export function contentOf(bytes: Uint8Array): Content {
  if (bytes.byteLength > largeBytes) {
    return { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.byteLength };
  }
  try {
    return textContent(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return { base64: Buffer.from(bytes).toString('base64') };
  }
}

export function textContent(text: string): Content {
  return text.includes('\n') ? text.split('\n') : text;
}

/** The text of content, or undefined when it is not text. */
export function textOf(content: Content | undefined): string | undefined {
  if (typeof content === 'string') return content;
  return Array.isArray(content) ? content.join('\n') : undefined;
}

const pathOf = (folder: string, id: string) => join(folder, 'records', `${id}.json`);

/** The record of a case, or undefined when there is none. @param folder - e.g. `e2e/golden/node` */
export async function readRecord(folder: string, id: string): Promise<GoldenRecord | undefined> {
  const text = await readFile(pathOf(folder, id), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as GoldenRecord);
}

export async function writeRecord(folder: string, id: string, record: GoldenRecord): Promise<void> {
  const path = pathOf(folder, id);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(record, undefined, 1)}\n`);
}
