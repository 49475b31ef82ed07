import type { Class, Expression, Module } from '../syntax/types.ts';
import type { Origin, Provenance } from './provenance.ts';
import { originsOf, type Values } from './values.ts';

/** What a class is to an ORM: `base` of the mapped ones, or `mapped` itself. */
export type Role = 'base' | 'mapped';

/** Packages that are SQLAlchemy or a binding of it. */
export const sqlalchemyPackages = new Set([
  'sqlalchemy',
  'flask_sqlalchemy',
  'flask_sqlalchemy_lite',
  'sqlmodel',
  'advanced_alchemy',
  'aiohttp_sqlalchemy',
  'sqlalchemy_mixins',
]);
export const sequelizePackages = new Set([
  'sequelize',
  'sequelize-typescript',
  '@sequelize/core',
  'fastify-sequelize',
]);

const mostBases = 40;

/** Tells mapped classes of SQLAlchemy and models of Sequelize. */
export class Roles {
  readonly #search: { provenance: Provenance; values: Values };
  readonly #known = new Map<Class, Role | undefined>();
  readonly #imperative = new Set<Class>();
  #depth = 0;

  constructor(search: { provenance: Provenance; values: Values }) {
    this.#search = search;
  }

  /** Says that a class was mapped by a call, and with it tables. */
  map(value: Class): void {
    this.#imperative.add(value);
  }

  of(module: Module, value: Class): Role | undefined {
    if (this.#imperative.has(value)) return 'mapped';
    if (this.#known.has(value)) return this.#known.get(value);
    if (this.#depth > mostBases) return undefined;
    this.#known.set(value, undefined);
    this.#depth++;
    const role = this.#read(module, value);
    this.#depth--;
    this.#known.set(value, role);
    return role;
  }

  /** Whether a value is a mapped class or model, or made of one: an instance, a column, its table. */
  isMapped(module: Module, expression: Expression): boolean {
    if (originsOf(this.#search, module, expression).some((origin) => this.#isModel(origin))) return true;
    switch (expression.kind) {
      case 'member':
      case 'index':
        return this.isMapped(module, expression.object);
      case 'call':
        // `func.count(Article.id)`, `Article(...)`, `Article.id.desc()`.
        return (
          this.isMapped(module, expression.callee) ||
          expression.args.slice(0, 5).some((argument) => this.isMapped(module, argument.value))
        );
      case 'list':
        return expression.items.slice(0, 5).some((item) => this.isMapped(module, item));
      case 'other':
        return expression.children.some((child) => this.isMapped(module, child));
      default:
        return false;
    }
  }

  #isModel(origin: Origin): boolean {
    if (origin.kind === 'class' || origin.kind === 'instance') {
      return this.of(origin.module, origin.value) === 'mapped';
    }
    if (origin.kind !== 'package') return false;
    const { name: from, path } = origin;
    if (sqlalchemyPackages.has(from)) {
      return (
        this.#imperative.size > 0 && path.some((name, index) => name === 'Table' && path[index + 1] === '()')
      );
    }
    if (!sequelizePackages.has(from)) return false;
    return path.some(
      (name, index) =>
        ((name === 'define' || name === 'model') && path[index + 1] === '()') ||
        (name === 'models' && path[index + 1] !== undefined),
    );
  }

  #read(module: Module, value: Class): Role | undefined {
    for (const decorator of value.decorators) {
      const role = this.#byDecorator(module, decorator);
      if (role !== undefined) return role;
    }
    const isAbstract = setsName(value, '__abstract__');
    for (const base of value.bases) {
      for (const origin of this.#search.provenance.of(module, base)) {
        const role = this.#byBase(value, origin);
        if (role === 'mapped' && isAbstract) return 'base';
        if (role !== undefined) return role;
      }
    }
    return undefined;
  }

  #byBase(value: Class, origin: Origin): Role | undefined {
    if (origin.kind === 'class') {
      const role = origin.value === value ? undefined : this.of(origin.module, origin.value);
      return role === 'base' && this.#isSqlModelBase(origin.module, origin.value)
        ? isTable(value)
          ? 'mapped'
          : 'base'
        : role === undefined
          ? undefined
          : 'mapped';
    }
    if (origin.kind !== 'package') return undefined;
    const last = origin.path.findLast((name) => name !== '()') ?? '';
    if (sequelizePackages.has(origin.name)) return last === 'Model' ? 'mapped' : undefined;
    if (!sqlalchemyPackages.has(origin.name)) return undefined;
    if (last === 'SQLModel') return isTable(value) ? 'mapped' : 'base';
    if (/^(?:declarative_base|automap_base|generate_base|as_declarative)$/.test(last)) return 'mapped';
    if (/^(?:Model|Base|UUIDBase|BigIntBase|UUIDAuditBase|BigIntAuditBase|_Base)$/.test(last))
      return 'mapped';
    return /^(?:DeclarativeBase|DeclarativeBaseNoMeta|MappedAsDataclass|AsyncAttrs)$/.test(last)
      ? 'base'
      : undefined;
  }

  /** A class of SQLModel maps nothing without `table=True`, however deep it is. */
  #isSqlModelBase(module: Module, value: Class): boolean {
    return value.bases.some((base) =>
      this.#search.provenance
        .of(module, base)
        .some(
          (origin) =>
            (origin.kind === 'package' && origin.name === 'sqlmodel') ||
            (origin.kind === 'class' &&
              origin.value !== value &&
              this.#isSqlModelBase(origin.module, origin.value)),
        ),
    );
  }

  /** What `@registry.mapped`, `@as_declarative()`, `@Table` of sequelize-typescript make of a class. */
  #byDecorator(module: Module, decorator: Expression): Role | undefined {
    const target = decorator.kind === 'call' ? decorator.callee : decorator;
    for (const origin of this.#search.provenance.of(module, target)) {
      if (origin.kind !== 'package') continue;
      const last = origin.path.at(-1) ?? '';
      if (sequelizePackages.has(origin.name) && last === 'Table') return 'mapped';
      if (!sqlalchemyPackages.has(origin.name)) continue;
      if (last === 'mapped' || last === 'mapped_as_dataclass') return 'mapped';
      if (last === 'as_declarative' || last === 'as_declarative_base') return 'base';
    }
    return undefined;
  }
}

function isTable(value: Class): boolean {
  return (value.keywords ?? []).some(
    (keyword) =>
      keyword.name === 'table' && keyword.value.kind === 'constant' && keyword.value.value === true,
  );
}

function setsName(value: Class, name: string): boolean {
  return value.body.some(
    (statement) =>
      statement.kind === 'assign' &&
      statement.targets.some((target) => target.kind === 'name' && target.name === name),
  );
}
