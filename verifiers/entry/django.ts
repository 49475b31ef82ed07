import { walkModule } from '../syntax/walk.ts';
import type { Expression, Module } from '../syntax/types.ts';

const appLists = /^(?:INSTALLED_APPS|[A-Z_]*APPS)$/;

/** Whether a module is Django's settings: it names the installed apps, as a constant or to `settings.configure()`. */
export function readsSettings(module: Module): boolean {
  return module.source.text.includes('INSTALLED_APPS');
}

/** The apps that settings install, of all lists that are named as lists of apps. */
export function findApps(settings: Module): string[] {
  const found: string[] = [];
  const take = (value: Expression | undefined) => {
    if (value !== undefined) found.push(...textsIn(value));
  };
  walkModule(settings, {
    statement: (statement) => {
      if (statement.kind !== 'assign') return;
      const named = statement.targets.some((target) => target.kind === 'name' && appLists.test(target.name));
      if (named) take(statement.value);
    },
    expression: (expression) => {
      if (expression.kind !== 'call') return;
      for (const argument of expression.args) if (appLists.test(argument.name ?? '')) take(argument.value);
      const { callee } = expression;
      const isAdded =
        callee.kind === 'member' && callee.object.kind === 'name' && appLists.test(callee.object.name);
      if (isAdded) for (const argument of expression.args) take(argument.value);
    },
  });
  return found;
}

/** Strings in a list, a sum of lists, a tuple. */
function textsIn(value: Expression): string[] {
  switch (value.kind) {
    case 'text':
      return [value.value];
    case 'list':
      return value.items.flatMap(textsIn);
    case 'operation':
      return value.operands.flatMap(textsIn);
    case 'other':
      return value.children.flatMap(textsIn);
    default:
      return [];
  }
}

/** The values that a module gives DJANGO_SETTINGS_MODULE. */
export function findDjangoSettings(module: Module): string[] {
  const found: string[] = [];
  const name = 'DJANGO_SETTINGS_MODULE';
  if (!module.source.text.includes(name)) return found;
  walkModule(module, {
    statement: (statement) => {
      if (statement.kind !== 'assign' || statement.value === undefined) return;
      const isSet = statement.targets.some((target) => target.kind === 'index' && isText(target.index, name));
      if (isSet) found.push(...textsIn(statement.value));
    },
    expression: (expression) => {
      if (expression.kind !== 'call') return;
      const [first, second] = expression.args;
      if (first !== undefined && second !== undefined && isText(first.value, name)) {
        found.push(...textsIn(second.value));
      }
    },
  });
  return found;
}

function isText(expression: Expression, value: string): boolean {
  return expression.kind === 'text' && expression.value === value;
}
