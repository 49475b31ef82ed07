import type { Source } from '../../sources.ts';
import type { Module, Statement } from '../types.ts';
import { Cursor, Gathered, GiveUp } from './cursor.ts';
import { parseStatements } from './statements.ts';

/**
 * Reads a Python 3.12 file. It never throws: what does not follow the grammar is a problem, and the tree holds what
 * could be read. Docstrings and other strings that stand alone are left out.
 */
export function parsePython(source: Source): Module {
  const gathered = new Gathered(source);
  let body: Statement[] = [];
  try {
    const start = source.text.startsWith('\uFEFF') ? 1 : 0;
    body = parseStatements(Cursor.over(gathered, start, source.text.length, false));
  } catch (reason) {
    if (!(reason instanceof GiveUp)) throw reason;
  }
  const { imports, unknownImports } = gathered;
  const problems = gathered.problems.sort((a, b) => a.at - b.at);
  return {
    path: source.path,
    language: 'python',
    source,
    body,
    imports,
    exports: [],
    unknownImports,
    problems,
  };
}
