import {
  Parser,
  type ExportDefaultDeclaration,
  type ExportNamedDeclaration,
  type ImportDeclaration,
  type Program,
  type Identifier,
  type Literal,
} from 'acorn';
import { analyse, namesOf } from './scope.ts';

export interface ModuleRequest {
  readonly specifier: string;
  readonly attributes: Record<string, string>;
}

/** A name taken from another module. `name` is `*` for the namespace. */
export interface ImportEntry {
  readonly request: number;
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

/** What a module asks for and offers, and its body as that of a function. */
export interface ModuleRecord {
  readonly requests: ModuleRequest[];
  readonly imports: ImportEntry[];
  /** Exports that are names of another module: exported name to what it is there. */
  readonly indirectExports: Map<string, ImportEntry>;
  /** `export * from`. */
  readonly starExports: number[];
  /** Text of the object literal with a getter function per local export. */
  readonly localExports: Map<string, string>;
  readonly topLevelAwait: boolean;
  readonly code: string;
}

/** Parameters of a module's body, in this order. Not words that a program would use. */
export const bodyParameters = ['$exports$', '$imports$', '$meta$', '$import$'] as const;
const defaultName = '$default$';

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const identifierName = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

function nameOf(node: Identifier | Literal): string {
  return node.type === 'Identifier' ? node.name : String(node.value);
}

/** The property of the imports object that an entry is kept in. */
function slotOf(request: number, name: string): string {
  return `$imports$[${request}]${identifierName.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`}`;
}

/**
 * Turns an ES module into a body over live bindings: `export` is taken off, uses of imported names become properties
 * of `$imports$`, and every line stays where it was.
 * @throws SyntaxError of the parser, with `loc`.
 */
export function transformModule(source: string): ModuleRecord {
  const program = Parser.parse(source, {
    ecmaVersion: 'latest',
    sourceType: 'module',
    allowHashBang: true,
    locations: true,
  });
  return new Transformer(source, program).run();
}

class Transformer {
  readonly #source: string;
  readonly #program: Program;
  readonly #edits: Edit[] = [];
  readonly #requests: ModuleRequest[] = [];
  readonly #requestKeys = new Map<string, number>();
  readonly #imports = new Map<string, ImportEntry>();
  readonly #indirect = new Map<string, ImportEntry>();
  readonly #stars: number[] = [];
  readonly #locals = new Map<string, string>();
  #prologue = '';

  constructor(source: string, program: Program) {
    this.#source = source;
    this.#program = program;
  }

  run(): ModuleRecord {
    for (const statement of this.#program.body) {
      if (statement.type === 'ImportDeclaration') this.#import(statement);
    }
    for (const statement of this.#program.body) {
      if (statement.type === 'ExportNamedDeclaration') this.#exportNamed(statement);
      else if (statement.type === 'ExportDefaultDeclaration') this.#exportDefault(statement);
      else if (statement.type === 'ExportAllDeclaration') {
        const request = this.#request(statement.source, statement.attributes);
        if (statement.exported === null || statement.exported === undefined) this.#stars.push(request);
        else this.#indirect.set(nameOf(statement.exported), this.#entry(request, '*', statement));
        this.#erase(statement.start, statement.end);
      }
    }
    const report = analyse(this.#program, new Set(this.#imports.keys()));
    for (const { name, start, end, kind } of report.references) {
      const entry = this.#imports.get(name);
      if (entry === undefined) continue;
      const slot = slotOf(entry.request, entry.name);
      const text = kind === 'call' ? `(0, ${slot})` : kind === 'shorthand' ? `${name}: ${slot}` : slot;
      this.#edits.push({ start, end, text });
    }
    for (const start of report.dynamicImports) {
      this.#edits.push({ start, end: start + 'import'.length, text: '$import$' });
    }
    for (const { start, end } of report.metas) this.#edits.push({ start, end, text: '$meta$()' });
    if (this.#source.startsWith('#!')) this.#edits.push({ start: 0, end: 2, text: '//' });
    return {
      requests: this.#requests,
      imports: [...this.#imports.values()],
      indirectExports: this.#indirect,
      starExports: this.#stars,
      localExports: this.#locals,
      topLevelAwait: report.topLevelAwait,
      code: this.#prologue + this.#apply(),
    };
  }

  #entry(
    request: number,
    name: string,
    node: { loc?: { start: { line: number; column: number } } | null },
  ): ImportEntry {
    const at = node.loc?.start;
    return { request, name, line: at?.line ?? 1, column: at?.column ?? 0 };
  }

  #request(source: Literal, attributes: ImportDeclaration['attributes'] | undefined): number {
    const specifier = String(source.value);
    const given: Record<string, string> = Object.assign(Object.create(null), {});
    for (const attribute of attributes ?? []) given[nameOf(attribute.key)] = String(attribute.value.value);
    const key = JSON.stringify([specifier, Object.entries(given).sort()]);
    let index = this.#requestKeys.get(key);
    if (index === undefined) {
      index = this.#requests.length;
      this.#requests.push({ specifier, attributes: given });
      this.#requestKeys.set(key, index);
    }
    return index;
  }

  #import(node: ImportDeclaration): void {
    const request = this.#request(node.source, node.attributes);
    for (const specifier of node.specifiers) {
      const name =
        specifier.type === 'ImportSpecifier'
          ? nameOf(specifier.imported)
          : specifier.type === 'ImportDefaultSpecifier'
            ? 'default'
            : '*';
      this.#imports.set(specifier.local.name, this.#entry(request, name, specifier));
    }
    this.#erase(node.start, node.end);
  }

  #exportNamed(node: ExportNamedDeclaration): void {
    if (node.declaration) {
      const { declaration } = node;
      this.#erase(node.start, declaration.start);
      const names =
        declaration.type === 'VariableDeclaration'
          ? declaration.declarations.flatMap((each) => namesOf(each.id))
          : [declaration.id.name];
      for (const name of names) this.#locals.set(name, name);
      return;
    }
    const request = node.source ? this.#request(node.source, node.attributes) : undefined;
    for (const specifier of node.specifiers) {
      const local = nameOf(specifier.local);
      const exported = nameOf(specifier.exported);
      const imported =
        request === undefined ? this.#imports.get(local) : this.#entry(request, local, specifier);
      if (imported === undefined) this.#locals.set(exported, local);
      else this.#indirect.set(exported, imported);
    }
    this.#erase(node.start, node.end);
  }

  #exportDefault(node: ExportDefaultDeclaration): void {
    const { declaration } = node;
    const named = declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration';
    if (named && declaration.id !== null) {
      this.#erase(node.start, declaration.start);
      this.#locals.set('default', declaration.id.name);
      return;
    }
    this.#locals.set('default', defaultName);
    if (declaration.type === 'FunctionDeclaration') {
      this.#erase(node.start, declaration.start);
      const open = this.#source.indexOf('(', declaration.start);
      this.#edits.push({ start: open, end: open, text: ` ${defaultName} ` });
      this.#prologue = `Object.defineProperty(${defaultName}, 'name', { value: 'default', configurable: true });`;
      return;
    }
    this.#erase(node.start, declaration.start, `const ${defaultName} = { default: (`);
    this.#edits.push({ start: declaration.end, end: declaration.end, text: ') }.default;' });
  }

  /** Takes text out but keeps its line breaks. */
  #erase(start: number, end: number, replacement = ''): void {
    const breaks = this.#source.slice(start, end).replaceAll(/[^\n]/g, '');
    this.#edits.push({ start, end, text: replacement + breaks });
  }

  #apply(): string {
    const edits = this.#edits.sort((a, b) => a.start - b.start || a.end - b.end);
    let out = '';
    let from = 0;
    for (const { start, end, text } of edits) {
      if (start < from) continue;
      out += this.#source.slice(from, start) + text;
      from = end;
    }
    return out + this.#source.slice(from);
  }
}
