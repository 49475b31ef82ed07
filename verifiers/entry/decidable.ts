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
const comparisons = new Set(['==', '===', '!=', '!==', 'in', 'not in', 'is', 'is not']);

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
      return isKnowableName(project, module, expression.name, isCompared);
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
      const compares =
        comparisons.has(expression.operator) && expression.operands.some((operand) => holdsText(operand));
      // One side that is known decides `a and b`; of a comparison both must be.
      const isLogic = ['&&', '||', '??', 'and', 'or'].includes(expression.operator);
      return isLogic
        ? expression.operands.some((operand) => inside(operand, false))
        : expression.operands.every((operand) => inside(operand, compares));
    }
    default:
      return false;
  }
}

function isKnowableName(project: Project, module: Module, name: string, isCompared: boolean): boolean {
  if (environments.has(name) || name.startsWith('__')) return true;
  const target = project.origin(module, name);
  if (target !== undefined) return target.resolution.kind === 'file' || environments.has(target.name);
  const definitions = definitionsOf(module).names.get(name);
  if (definitions === undefined) return true;
  return definitions.length <= 20 && definitions.some((definition) => isConstant(definition, isCompared));
}

function isConstant(definition: Definition, isCompared: boolean): boolean {
  if (definition.kind === 'parameter') return isCompared;
  if (definition.kind === 'declaration') return false;
  const { value } = definition;
  if (value.kind === 'call') {
    const { callee } = value;
    return (callee.kind === 'member' || callee.kind === 'name') && (isReader(callee.name) || isCompared);
  }
  return value.kind !== 'other';
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

function holdsText(expression: Expression): boolean {
  return (
    expression.kind === 'text' ||
    (expression.kind === 'list' && expression.items.every((item) => item.kind === 'text'))
  );
}
