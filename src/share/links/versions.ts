import { limits } from '../../domain/limits.ts';
import { findTask, taskVersion } from '../../../tasks/index.ts';
import { contradiction } from './claim.ts';
import { damaged, LinkError, type LinkFault } from './faults.ts';
import { unpackSuite } from './pack-run.ts';
import { parseAs, type JsonObject } from './parse.ts';
import type { ReferenceLibrary } from './references.ts';
import type { Share, SharedRun } from './shared-run.ts';
import type { SuiteIndex } from './suites.ts';
import { FileUnpacker } from './unpack-files.ts';
import { wireShare, type WireRun } from './wire.ts';

/** What opening needs to know of this build. */
export interface Surroundings {
  references: ReferenceLibrary;
  suites: SuiteIndex;
}

/** What was opened, and what is to be said about it. */
export interface Read {
  share: Share;
  faults: LinkFault[];
}

/**
 * Readers of a link's JSON by its `version`, the newest last. A new version of the schema is a new entry; the old ones
 * stay and bring what they read into the form of today, each with samples of its time in `testing/samples`.
 */
const readers: readonly { version: number; read(wire: JsonObject, here: Surroundings): Promise<Read> }[] = [
  { version: 1, read: readFirst },
];

/** The version that links are written in. */
export const writtenVersion = 1;

/** @throws LinkError `too-new`, `damaged`. */
export function readerFor(version: unknown): (wire: JsonObject, here: Surroundings) => Promise<Read> {
  if (typeof version !== 'number' || !Number.isSafeInteger(version) || version < 1)
    throw damaged('it has no version');
  const found = readers.find((reader) => reader.version === version);
  if (found === undefined)
    throw new LinkError({ code: 'too-new', what: `version ${version} of the content` });
  return found.read;
}

async function readFirst(json: JsonObject, here: Surroundings): Promise<Read> {
  const wire = parseAs(wireShare, json);
  if (wire.runs.length > limits.sharedRuns) throw tooManyRuns();
  const faults: LinkFault[] = [];
  const files = await FileUnpacker.open(
    wire.bases,
    wire.runs.map((run) => run.files),
    here.references,
  );
  if (!(files instanceof FileUnpacker)) faults.push(files);
  const runs = wire.runs.map((run) =>
    unpackRun(run, files instanceof FileUnpacker ? files : undefined, here),
  );
  for (const run of runs) {
    const wrong = contradiction(run);
    if (wrong !== undefined) throw damaged(wrong);
    faults.push(...unknownVersions(run, here.suites));
  }
  if (wire.at !== undefined && runs[wire.at[0]] === undefined)
    throw damaged('it points to a run that it does not hold');
  const at = wire.at && { run: wire.at[0], assertion: wire.at[1] };
  return { share: { runs, ...(at !== undefined && { at }) }, faults };
}

export const tooManyRuns = (most: number = limits.sharedRuns): LinkError =>
  new LinkError({ code: 'oversized', what: 'runs', most: String(most) });

function unpackRun(wire: WireRun, unpacker: FileUnpacker | undefined, { suites }: Surroundings): SharedRun {
  const { files, suite, generation, collection, disagreements, ...rest } = wire;
  return {
    ...rest,
    ...(generation !== undefined && { generation }),
    ...(unpacker !== undefined && { files: unpacker.unpack(files) }),
    ...(collection !== undefined && { collection }),
    ...(suite !== undefined && { suite: unpackSuite(suite, suites) }),
    ...(disagreements !== undefined && { disagreements }),
  };
}

/** Versions that are not those of this build: what was claimed is shown, and cannot be compared with a run of today. */
export function unknownVersions({ task, suite }: SharedRun, suites: SuiteIndex): LinkFault[] {
  const faults: LinkFault[] = [];
  const unknown = (what: 'task' | 'task-version' | 'suite', claimed: string, known: string): void => {
    faults.push({ code: 'unknown-version', what, claimed, known });
  };
  if (findTask(task.id) === undefined) unknown('task', task.id, '');
  else if (task.version !== taskVersion) unknown('task-version', task.version, taskVersion);
  const current = suite && suites.current(suite.suite.id);
  if (suite !== undefined && current !== undefined && current !== suite.suite.version) {
    unknown('suite', suite.suite.version, current);
  }
  return faults;
}
