import { definitionsOf, type Definition } from '../data/definitions.ts';
import type { Expression, Module, Project } from '../syntax/types.ts';

/** Tests larger than this are left open. */
const mostNodes = 60;

const environments = new Set([
  'environ',
  'getenv',
  'env',
  'process',
  'Deno',
  'Bun',
  'settings',
  'config',
  'argv',
]);
const equalities = new Set(['==', '===', '!=', '!==']);

/**
 * Whether it is worth evaluating a test: its values may be constants of the code or come of the environment. Most tests
 * ask about requests and rows, which no evaluation knows, and finding that out takes long.
 */
export function mayBeDecided(project: Project, module: Module, test: Expression): boolean {
  const budget = { left: mostNodes };
  return isKnowable(project, module, test, false, budget) && budget.left > 0;
}

function isKnowable(
  project: Project,
  module: Module,
  expression: Expression,
  isCompared: boolean,
  budget: { left: number },
): boolean {
  if (--budget.left < 0) return false;
  const inside = (inner: Expression, compared = isCompared) =>
    isKnowable(project, module, inner, compared, budget);
  switch (expression.kind) {
    case 'text':
    case 'constant':
    case 'template':
      return true;
    case 'name':
      return isKnowableName(project, module, expression.name, isCompared, budget);
    case 'member':
      if (environments.has(expression.name)) return true;
      // A field may be set once and for all; one of a parameter is the request's.
      if (isSelf(expression.object)) return isCompared;
      return inside(expression.object, false);
    case 'index':
      return inside(expression.object, false);
    case 'call':
      return expression.callee.kind === 'member'
        ? environments.has(expression.callee.name) || inside(expression.callee.object)
        : expression.callee.kind === 'name' && isReader(expression.callee.name);
    case 'operation': {
      const compares = isComparison(expression);
      // One side that is known decides `a and b`; of a comparison both must be.
      const isLogic = ['&&', '||', '??', 'and', 'or'].includes(expression.operator);
      return isLogic
        ? expression.operands.some((operand) => inside(operand, false))
        : expression.operands.every((operand) => inside(operand, compares));
    }
    case 'conditional':
      return inside(expression.test);
    default:
      return false;
  }
}

function isKnowableName(
  project: Project,
  module: Module,
  name: string,
  isCompared: boolean,
  budget: { left: number },
): boolean {
  if (environments.has(name) || name.startsWith('__')) return true;
  const target = project.origin(module, name);
  if (target !== undefined) return target.resolution.kind === 'file' || environments.has(target.name);
  const definitions = definitionsOf(module).names.get(name);
  // What a pattern of parameters binds is not among the definitions.
  if (definitions === undefined) return isCompared || name === 'undefined';
  return (
    definitions.length <= 20 &&
    definitions.some((definition) => isConstant(project, module, definition, isCompared, budget))
  );
}

function isConstant(
  project: Project,
  module: Module,
  definition: Definition,
  isCompared: boolean,
  budget: { left: number },
): boolean {
  if (definition.kind === 'parameter') return isCompared;
  if (definition.kind === 'declaration') return false;
  const { value } = definition;
  // A call may end in a constant of another function; only what is compared to a text is worth that.
  if (value.kind === 'call' && isCompared) return true;
  return isKnowable(project, module, value, isCompared, budget);
}

/** Functions that read the environment or change a text. */
function isReader(name: string): boolean {
  return /^(?:get|getenv|env|config|str|String|bool|Boolean|int|Number|lower|upper|strip|toLowerCase|toUpperCase|trim|split|startswith|startsWith|pop|setdefault|has|includes|import_module|require)$/.test(
    name,
  );
}

function isSelf(expression: Expression): boolean {
  return expression.kind === 'name' && (expression.name === 'self' || expression.name === 'this');
}

/** `kind === 'pg'`, `kind in ('pg', 'postgres')`; `'title' in changes` asks about a request. */
function isComparison({ operator, operands }: Expression & { kind: 'operation' }): boolean {
  if (equalities.has(operator)) return operands.some(({ kind }) => kind === 'text');
  const last = operands.at(-1);
  const isMember = operator === 'in' || operator === 'not in';
  return isMember && last?.kind === 'list' && last.items.every(({ kind }) => kind === 'text');
}
