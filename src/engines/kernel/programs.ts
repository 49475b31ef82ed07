import { npmProgram, npxProgram } from '../packages/npm/program.ts';
import { pipProgram } from '../packages/pip/program.ts';
import { VENV, venvProgram } from '../packages/pip/venv.ts';
import { uvProgram } from '../packages/pip/uv.ts';
import { curlProgram } from '../shell/curl.ts';
import type { Program } from '../shell/program.ts';

/** Programs of the kernel by the names under which they lie on PATH; the shell and its tools come in addition. */
export const programs: ReadonlyMap<string, Program> = new Map<string, Program>([
  ['curl', curlProgram],
  ['npm', npmProgram],
  ['npx', npxProgram],
  ['pip', pipProgram],
  ['pip3', pipProgram],
  ['uv', uvProgram],
  [VENV, venvProgram],
]);
