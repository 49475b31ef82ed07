import type { Call, Expression, Module, Project } from '../syntax/types.ts';
import { walkModule } from '../syntax/walk.ts';
import { definitionsOf } from './definitions.ts';
import { classifyStatement, type StatementKind } from './statements.ts';

/** Expressions that are looked at for one text, names inside names, and definitions of one name. */
const mostSteps = 500;
const mostDepth = 12;
const mostDefinitions = 20;
const mostText = 20_000;

interface Steps {
  left: number;
  depth: number;
}

/**
 * The text that an expression holds, gaps as ` ? `: enough to tell what kind of statement it begins. Names are followed
 * to their definitions. Undefined when it holds none.
 */
export function writtenText(
  project: Project,
  module: Module,
  expression: Expression,
  steps: Steps = { left: mostSteps, depth: 0 },
): string | undefined {
  if (--steps.left < 0 || steps.depth > mostDepth) return undefined;
  const inside = (inner: Expression, home = module) => {
    steps.depth++;
    const text = writtenText(project, home, inner, steps);
    steps.depth--;
    return text;
  };
  switch (expression.kind) {
    case 'text':
      return expression.value;
    case 'template':
      return join(expression.parts.map((one) => inside(one)));
    case 'operation':
      if (expression.operator === '%') return inside(expression.operands[0] ?? expression);
      return expression.operator === '+' ? join(expression.operands.map((one) => inside(one))) : undefined;
    case 'conditional':
      return inside(expression.then) ?? inside(expression.otherwise);
    case 'list':
      return join(expression.items.map((one) => inside(one)));
    case 'other': {
      const last = expression.children.at(-1);
      return last === undefined ? undefined : inside(last);
    }
    case 'call': {
      const { callee, args } = expression;
      const [first] = args;
      // `sql.format(x)`, `lines.join(' ')`, `sql.trim()`, `SQL("SELECT …").format(…)`, `dedent(sql)`.
      const own = callee.kind === 'member' ? inside(callee.object) : undefined;
      return own ?? (first === undefined ? undefined : inside(first.value));
    }
    case 'member':
      return definitionsOf(module)
        .properties.get(expression.name)
        ?.slice(0, mostDefinitions)
        .map((value) => inside(value))
        .find((text) => text !== undefined);
    case 'name':
      return named(project, module, expression.name, inside);
    default:
      return undefined;
  }
}

/** The kind of statement that a call is given as its first argument, or as its tagged template. */
export function statementOf(project: Project, module: Module, call: Call): StatementKind | undefined {
  const [first] = call.args;
  if (first === undefined) return undefined;
  const given = first.value.kind === 'dictionary' ? textOfDictionary(first.value) : first.value;
  const text = given === undefined ? undefined : writtenText(project, module, given);
  return text === undefined ? undefined : classifyStatement(text);
}

/** A text that is SQL, and where it stands. */
export interface Statement {
  readonly kind: StatementKind;
  readonly file: string;
  readonly at: number;
}

/** Every text in the modules that is a statement; those that stand in a sum or template are seen with its beginning. */
export function findStatements(modules: readonly Module[]): Statement[] {
  const found: Statement[] = [];
  for (const module of modules) {
    walkModule(module, {
      statement: (statement) => !(statement.kind === 'evaluate' && statement.value.kind === 'text'),
      expression: (expression) => {
        if (expression.kind !== 'text' && expression.kind !== 'template') return;
        const [first] = expression.kind === 'template' ? expression.parts : [expression];
        const text =
          expression.kind === 'text'
            ? expression.value
            : first?.kind === 'text'
              ? expression.parts.map((part) => (part.kind === 'text' ? part.value : ' ? ')).join('')
              : '';
        const kind = classifyStatement(text);
        if (kind !== undefined) found.push({ kind, file: module.path, at: expression.at });
      },
    });
  }
  return found;
}

/** `{ text: 'SELECT …', values }` of pg. */
function textOfDictionary(dictionary: Expression & { kind: 'dictionary' }): Expression | undefined {
  return dictionary.entries.find(
    ({ key }) => key?.kind === 'text' && ['text', 'sql', 'query'].includes(key.value),
  )?.value;
}

function join(parts: readonly (string | undefined)[]): string | undefined {
  if (parts.every((part) => part === undefined)) return undefined;
  return parts
    .map((part) => part ?? ' ? ')
    .join('')
    .slice(0, mostText);
}

function named(
  project: Project,
  module: Module,
  name: string,
  inside: (inner: Expression, home: Module) => string | undefined,
): string | undefined {
  const target = project.origin(module, name);
  const path = target?.resolution.kind === 'file' ? target.resolution.path : undefined;
  const home = path === undefined ? module : project.modules.get(path);
  if (home === undefined) return undefined;
  const local = path === undefined ? name : (target?.name ?? name);
  for (const definition of definitionsOf(home).names.get(local)?.slice(0, mostDefinitions) ?? []) {
    if (definition.kind !== 'value' || definition.path.length > 0) continue;
    const text = inside(definition.value, home);
    if (text !== undefined) return text;
  }
  return undefined;
}
