import type { Expression, Module, Project } from '../syntax/types.ts';
import { evaluatorOf, partsOf, type Evaluator, type Value } from '../values/index.ts';
import { isDataPackage } from './drivers.ts';
import type { Origin, Provenance } from './provenance.ts';

/** Stands for a part of a text that is not known. */
const gap = '…';

/** What the evaluation of constants tells the rules about data. */
export class Values {
  readonly #evaluator: Evaluator;

  /** @param running modules that run */
  constructor(project: Project, running: readonly Module[]) {
    this.#evaluator = evaluatorOf(project, running);
  }

  /** What an expression may be. */
  of(module: Module, expression: Expression): readonly Value[] {
    return this.#evaluator.possibleValues(module, expression);
  }

  /** The texts that an expression may be; a part that is not known is `…`. Empty when nothing is known. */
  texts(module: Module, expression: Expression): string[] {
    return this.of(module, expression).flatMap((value) => textOf(value) ?? []);
  }

  /** The value of an environment variable; undefined when nothing sets it, or to something that is not known. */
  variable(name: string): string | undefined {
    const [value] = this.#evaluator.environment.read(name);
    return value?.kind === 'text' ? value.text : undefined;
  }
}

/** A text that is known at least in part. */
export function textOf(value: Value): string | undefined {
  if (value.kind === 'text') return value.text;
  return value.kind === 'template'
    ? partsOf(value)
        .map((part) => part ?? gap)
        .join('')
    : undefined;
}

/**
 * What a value comes of: by evaluation, which knows scopes and the order of statements, and where that knows nothing by
 * names alone.
 */
export function originsOf(
  { values, provenance }: { values: Values; provenance: Provenance },
  module: Module,
  expression: Expression,
): readonly Origin[] {
  const found = values.of(module, expression).flatMap((value) => toOrigin(value) ?? []);
  // `fastify.models` is of fastify to the evaluation; it may have been set by the submission.
  const isSure = found.some((origin) => origin.kind !== 'package' || isDataPackage(origin.name));
  return isSure ? found : [...found, ...provenance.of(module, expression)];
}

function toOrigin(value: Value): Origin | undefined {
  switch (value.kind) {
    case 'package':
      return value.name === 'builtins' || value.name === 'globalThis'
        ? undefined
        : { kind: 'package', name: value.name, path: value.path };
    case 'class':
    case 'instance':
    case 'callable':
    case 'module':
      return value;
    default:
      return undefined;
  }
}
