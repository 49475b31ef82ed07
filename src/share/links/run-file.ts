import * as v from 'valibot';
import { restoreFiles } from '../../domain/files.ts';
import { limits } from '../../domain/limits.ts';
import { runRecord, type RunRecord } from '../../domain/run.ts';
import { seal, type Json } from './canonical.ts';
import { FileIntake } from './check-files.ts';
import { claimOf, contradiction, shareOf } from './claim.ts';
import { damaged, LinkError, type LinkFault } from './faults.ts';
import { gzip, isGzip } from './gzip.ts';
import { builtIn, caught, inflate, type Opened } from './link.ts';
import { isIntact, parseAs, parseObject, type JsonObject } from './parse.ts';
import type { Place } from './shared-run.ts';
import { tooManyRuns, unknownVersions, type Surroundings } from './versions.ts';

/** What a file says it is. */
const format = 'decay-runs';

const sealedFile = v.strictObject({
  format: v.literal(format),
  version: v.literal(1),
  hash: v.string(),
  runs: v.pipe(v.array(runRecord), v.minLength(1)),
  at: v.optional(
    v.strictObject({ run: v.pipe(v.number(), v.safeInteger(), v.minValue(0)), assertion: v.string() }),
  ),
});

export type MadeFile =
  { ok: true; name: string; bytes: Uint8Array<ArrayBuffer>; type: string } | { ok: false; fault: LinkFault };

/**
 * Whole runs as a file: with log and exchanges, which a link has not.
 * @param compressed - gzip, the default; else JSON that people can read
 */
export async function makeFile(
  records: readonly RunRecord[],
  { at, compressed = true }: { at?: Place; compressed?: boolean } = {},
): Promise<MadeFile> {
  const [first] = records;
  if (first === undefined) return { ok: false, fault: damaged('it holds no run').fault };
  if (records.length > limits.runFileRuns) return { ok: false, fault: tooManyRuns(limits.runFileRuns).fault };
  const runs = records as unknown as readonly JsonObject[];
  const content = await seal({ format, version: 1, runs, ...(at !== undefined && { at: { ...at } }) });
  const json = new TextEncoder().encode(JSON.stringify(content, null, compressed ? 0 : 2));
  const bytes = compressed ? await gzip(json) : json;
  if (json.length > limits.runFileJsonBytes || bytes.length > limits.runFileBytes) {
    return { ok: false, fault: tooLarge().fault };
  }
  const name = `${first.task.id}-${first.createdAt.slice(0, 19).replaceAll(':', '-')}.decay.json`;
  return compressed
    ? { ok: true, name: `${name}.gz`, bytes, type: 'application/gzip' }
    : { ok: true, name, bytes, type: 'application/json' };
}

const tooLarge = (): LinkError =>
  new LinkError({ code: 'oversized', what: 'text', most: `${limits.runFileBytes / 2 ** 20} MB` });

/** As `Opened`, with the whole records. */
export type OpenedFile =
  | (Extract<Opened, { readable: true }> & { records: readonly RunRecord[] })
  | { readable: false; fault: LinkFault };

/**
 * Opens a file of runs, compressed or not; also a bare run record, as `decay run --json` writes it, which has no seal.
 * Never rejects, and runs nothing.
 */
export function openFile(bytes: Uint8Array<ArrayBuffer>, here: Surroundings = builtIn): Promise<OpenedFile> {
  return caught(async (): Promise<OpenedFile> => {
    if (bytes.length > limits.runFileBytes) throw tooLarge();
    const json = parseObject(isGzip(bytes) ? await inflate(bytes, limits.runFileJsonBytes) : bytes);
    const intact = await isIntact(json);
    if (json['format'] === undefined && json['verdict'] !== undefined) {
      return opened([readRecord(json)], undefined, 'none', here);
    }
    if (json['format'] !== format) throw new LinkError({ code: 'not-a-link' });
    try {
      const { runs, at } = readSealed(json);
      return opened(runs, at, intact ? 'intact' : 'broken', here);
    } catch (error) {
      if (intact || !(error instanceof LinkError) || error.fault.code === 'too-new') throw error;
      throw new LinkError({ code: 'tampered' });
    }
  });
}

function readSealed(json: JsonObject): { runs: RunRecord[]; at?: Place | undefined } {
  requireVersion(json);
  for (const run of Array.isArray(json['runs']) ? (json['runs'] as Json[]) : []) {
    if (typeof run === 'object' && run !== null && !Array.isArray(run)) requireVersion(run as JsonObject);
  }
  const { runs, at } = parseAs(sealedFile, json);
  if (runs.length > limits.runFileRuns) throw tooManyRuns(limits.runFileRuns);
  if (at !== undefined && runs[at.run] === undefined)
    throw damaged('it points to a run that it does not hold');
  return { runs, at };
}

function readRecord(json: JsonObject): RunRecord {
  requireVersion(json);
  return parseAs(runRecord, json);
}

/** Records and files have versions of their own; both are at 1. @throws LinkError `too-new`, `damaged`. */
function requireVersion({ version }: JsonObject): void {
  if (version === 1) return;
  if (typeof version !== 'number' || !(version > 1)) throw damaged('it has no version');
  throw new LinkError({ code: 'too-new', what: `version ${version} of a run` });
}

function opened(
  records: readonly RunRecord[],
  at: Place | undefined,
  sealed: 'intact' | 'broken' | 'none',
  here: Surroundings,
): OpenedFile {
  const faults: LinkFault[] = sealed === 'broken' ? [{ code: 'tampered' }] : [];
  for (const record of records) {
    requireFiles(record);
    const claim = claimOf(record);
    const wrong = contradiction(claim);
    if (wrong !== undefined) throw damaged(wrong);
    faults.push(...unknownVersions(claim, here.suites));
  }
  return { readable: true, share: shareOf(records, at), seal: sealed, faults, records };
}

function requireFiles(record: RunRecord): void {
  const intake = new FileIntake();
  for (const [path, content] of Object.entries(record.files)) {
    let restored: string | Uint8Array | undefined;
    try {
      restored = restoreFiles({ content })['content'];
    } catch {
      throw damaged(`the file "${path.slice(0, 80)}" is no base64`);
    }
    if (restored !== undefined) intake.add(path, restored);
  }
  intake.finish();
}
