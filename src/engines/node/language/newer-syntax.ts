import type { AnyNode, Program } from 'acorn';
import { walk } from '../esm/walk.ts';

/** Syntax that Node 20's engine refuses; `loc` and `pos` as a parser's error has them. */
export class NewerSyntaxError extends SyntaxError {
  override readonly name = 'SyntaxError';
  constructor(
    message: string,
    readonly pos: number,
    readonly loc: { line: number; column: number } | undefined,
  ) {
    super(message);
  }
}

/** `using` declarations, inline modifiers and names of groups that may be given twice: signs, not proofs. */
const signs = /\busing\s+[\w$\\\u0080-\uffff]|\(\?-?[ims]|\(\?<[A-Za-z_$]/;
const modifiers = /\(\?(?:[ims]+(?:-[ims]*)?|-[ims]+):/;
const groupName = /\\.|\(\?<([^=!>][^>]*)>/gs;

function problemOfPattern(pattern: string): string | undefined {
  if (modifiers.test(pattern.replaceAll(/\\./gs, '').replaceAll(/\[[^\]]*\]/g, ''))) return 'Invalid group';
  const seen = new Set<string>();
  for (const [, name] of pattern.matchAll(groupName)) {
    if (name === undefined) continue;
    if (seen.has(name)) return 'Duplicate capture group name';
    seen.add(name);
  }
  return undefined;
}

function problemOf(node: AnyNode): { message: string; at: AnyNode } | undefined {
  if (node.type === 'VariableDeclaration' && (node.kind === 'using' || node.kind === 'await using')) {
    const [first] = node.declarations;
    const name = first?.id.type === 'Identifier' ? ` '${first.id.name}'` : '';
    return { message: `Unexpected identifier${name}`, at: first?.id ?? node };
  }
  if (node.type === 'Literal' && 'regex' in node && node.regex) {
    const problem = problemOfPattern(node.regex.pattern);
    if (problem === undefined) return undefined;
    return { message: `Invalid regular expression: ${node.raw ?? ''}: ${problem}`, at: node };
  }
  return undefined;
}

/**
 * Refuses what the language got after Node 20 and this browser accepts.
 * @param parse Called only when the text shows a sign of such syntax; may throw, which is not this function's matter.
 * @throws NewerSyntaxError with the text of Node 20's engine.
 */
export function newerSyntax(source: string, parse: () => Program): void {
  if (!signs.test(source)) return;
  let program: Program;
  try {
    program = parse();
  } catch {
    return;
  }
  walk(program, (node) => {
    const problem = problemOf(node);
    if (problem === undefined) return;
    throw new NewerSyntaxError(problem.message, problem.at.start, problem.at.loc?.start);
  });
}
