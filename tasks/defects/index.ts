import type { StageName } from '../../src/domain/run.ts';
import type { FileMap } from '../../src/engines/engine.ts';
import { loadFolder } from '../files.ts';

/** A submission that is flawed on purpose. */
export interface Defect {
  /** Its folder, e.g. `express-wrong-port`. */
  readonly id: string;
  readonly taskId: string;
  /** For people and for the run record's source. */
  readonly label: string;
  /** The stage that fails because of it. */
  readonly fails: StageName;
}

const flaws: readonly { name: string; fails: StageName; flaw: string }[] = [
  { name: 'failing', fails: 'suite', flaw: 'an endpoint does not do what the contract says' },
  { name: 'hanging', fails: 'start', flaw: 'never listens and keeps running' },
  { name: 'crashing', fails: 'start', flaw: 'exits with 1 at the start' },
  { name: 'wrong-port', fails: 'start', flaw: 'listens on another port' },
  { name: 'crash-midway', fails: 'suite', flaw: 'crashes in the middle of the suite' },
  { name: 'busy-loop', fails: 'start', flaw: 'loops for ever before it listens' },
  { name: 'syntax-error', fails: 'start', flaw: 'has a syntax error' },
  { name: 'no-run-sh', fails: 'start', flaw: 'has no run.sh' },
  { name: 'no-dependency-file', fails: 'install', flaw: 'has no dependency file' },
  { name: 'output-flood', fails: 'suite', flaw: 'writes 100 MB of output' },
];

const texts = import.meta.glob<string>(['./*/**/*', '!**/node_modules/**', '!**/__pycache__/**'], {
  query: '?raw',
  import: 'default',
});

/** Each flaw on Express and on Flask. */
export const defects: readonly Defect[] = flaws.flatMap(({ name, fails, flaw }) =>
  ['express', 'flask'].map((framework) => ({
    id: `${framework}-${name}`,
    taskId: `${framework}-unconstrained`,
    label: `defect ${framework}-${name} (written by hand): ${flaw}`,
    fails,
  })),
);

/**
 * The files of a defect.
 * @throws RangeError for an id that is not in `defects`
 */
export async function loadDefect(id: string): Promise<FileMap> {
  const files = await loadFolder(texts, id);
  if (files === undefined) {
    throw new RangeError(`no defect ${id}; there are ${defects.map((defect) => defect.id).join(', ')}`);
  }
  return files;
}
