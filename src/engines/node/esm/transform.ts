import {
  Parser,
  tokenizer,
  tokTypes,
  type ExportDefaultDeclaration,
  type ExportNamedDeclaration,
  type ImportDeclaration,
  type Program,
  type Identifier,
  type Literal,
  type Node,
  type Options,
} from 'acorn';
import type { Edit } from '../async-context/edits.ts';
import type { ModuleBody } from '../compile.ts';
import { newerSyntax } from '../language/newer-syntax.ts';
import { analyse, namesOf, type ScopeReport } from './scope.ts';

export interface ModuleRequest {
  readonly specifier: string;
  readonly attributes: Record<string, string>;
}

/** A name taken from another module. `name` is `*` for the namespace. */
export interface ImportEntry {
  readonly request: number;
  readonly name: string;
  /** What the importing module calls it; empty for one that it only hands on. */
  readonly local: string;
  /** Length of the text that names it. */
  readonly length: number;
  readonly line: number;
  readonly column: number;
}

/** What a module asks for and offers. */
export interface ModuleRecord {
  readonly requests: ModuleRequest[];
  readonly imports: ImportEntry[];
  /** Exports that are names of another module: exported name to what it is there. */
  readonly indirectExports: Map<string, ImportEntry>;
  /** `export * from`. */
  readonly starExports: number[];
  /** Exported names and the local ones that they stand for. */
  readonly localExports: Map<string, string>;
  /** Local names that are assigned to after their declaration: others have to look each time. */
  readonly assigned: ReadonlySet<string>;
  readonly topLevelAwait: boolean;
  /** Its body as that of a function, with every line where it was. */
  body(
    linkage: Linkage,
  ): Pick<ModuleBody, 'source' | 'program' | 'edits' | 'keyword' | 'prologue' | 'parameters'>;
}

/** What is known about a module when its body is made. */
export interface Linkage {
  /** Others may call its functions before its own body runs. */
  readonly cyclic: boolean;
  /** Whether an import has to be looked up at each use, as its value may change or come late. */
  isLive(entry: ImportEntry): boolean;
}

/** Parameters of a module's body, in this order. Not words that a program would use. */
export const bodyParameters = ['$exports$', '$imports$', '$metas$', '$begin$'] as const;
/** The local name of a default export that has none. */
export const defaultName = '$default$';

const identifierName = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

function nameOf(node: Identifier | Literal): string {
  return node.type === 'Identifier' ? node.name : String(node.value);
}

function slotOf(local: string): string {
  return `$imports$${identifierName.test(local) ? `.${local}` : `[${JSON.stringify(local)}]`}`;
}

const moduleOptions: Options = {
  ecmaVersion: 'latest',
  sourceType: 'module',
  allowHashBang: true,
  locations: true,
};

/** The former keyword of attributes, which Node 20 still takes; `with` and blanks are as long. */
const formerAttributes = /((?:from|import)\s*(?:"[^"\n]*"|'[^'\n]*')[ \t]*)assert([ \t]*\{)/g;

/**
 * Turns an ES module into a body over live bindings: `export` is taken off, imported names become constants of the
 * body, or, where their value may change or come late, properties of `$imports$`.
 * @throws SyntaxError of the parser, with `loc`.
 */
export function transformModule(text: string): ModuleRecord {
  let source = text;
  let program: Program;
  try {
    program = Parser.parse(source, moduleOptions);
  } catch (error) {
    source = text.replaceAll(formerAttributes, '$1with  $2');
    if (source === text) throw error;
    program = Parser.parse(source, moduleOptions);
  }
  newerSyntax(source, () => program);
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
        else this.#indirect.set(nameOf(statement.exported), this.#entry(request, '*', '', statement));
        this.#erase(statement.start, statement.end);
      }
    }
    const exported = new Set(this.#locals.values());
    const report = analyse(this.#program, new Set([...this.#imports.keys(), ...exported]));
    // As long as `import.meta`, so that no column moves.
    for (const { start, end } of report.metas) this.#edits.push({ start, end, text: '($metas$())' });
    for (const { start, end, kind } of report.outerArguments)
      this.#edits.push({ start, end, text: kind === 'typeof' ? '"undefined"' : '$imports$.arguments' });
    return {
      requests: this.#requests,
      imports: [...this.#imports.values()],
      indirectExports: this.#indirect,
      starExports: this.#stars,
      localExports: this.#locals,
      assigned: report.assigned,
      topLevelAwait: report.topLevelAwait,
      body: (linkage) => this.#body(linkage, report),
    };
  }

  #body(linkage: Linkage, report: ScopeReport): ReturnType<ModuleRecord['body']> {
    const { cyclic, isLive } = linkage;
    const entries = [...this.#imports.values()];
    const live = new Set(entries.filter((entry) => cyclic || isLive(entry)).map(({ local }) => local));
    const edits = [...this.#edits];
    for (const { name, start, end, kind } of report.references) {
      if (!live.has(name)) continue;
      const slot = slotOf(name);
      const text = kind === 'call' ? `(0, ${slot})` : kind === 'shorthand' ? `${name}: ${slot}` : slot;
      edits.push({ start, end, text });
    }
    const kept = entries.filter(({ local }) => !live.has(local));
    const constants = kept.map(({ local }) => `${local} = ${slotOf(local)}`).join(', ');
    const getters = [...this.#locals].map(([name, local]) => `[${JSON.stringify(name)}, () => ${local}]`);
    const { topLevelAwait } = report;
    const pause = cyclic ? (topLevelAwait ? 'await $begin$;' : 'yield;') : '';
    const head = `$exports$([${getters.join(', ')}]);${pause}`;
    return {
      source: this.#source,
      program: this.#program,
      edits: edits.sort((a, b) => a.start - b.start || a.end - b.end),
      keyword: topLevelAwait ? 'async function' : cyclic ? 'function*' : 'function',
      prologue: `${this.#prologue}${head}${constants === '' ? '' : `const ${constants};`}`,
      parameters: bodyParameters,
    };
  }

  #entry(request: number, name: string, local: string, node: Node): ImportEntry {
    const at = node.loc?.start;
    const length = node.end - node.start;
    return { request, name, local, length, line: at?.line ?? 1, column: at?.column ?? 0 };
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
      const at = specifier.type === 'ImportSpecifier' ? specifier.imported : specifier;
      const local = specifier.local.name;
      this.#imports.set(local, this.#entry(request, name, local, at));
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
        request === undefined ? this.#imports.get(local) : this.#entry(request, local, '', specifier.local);
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
      const open = this.#openingOf(declaration.start);
      this.#edits.push({ start: open, end: open, text: ` ${defaultName} ` });
      this.#prologue = `Object.defineProperty(${defaultName}, 'name', { value: 'default', configurable: true });`;
      return;
    }
    const end = this.#source[node.end - 1] === ';' ? node.end - 1 : node.end;
    const keyword = /^export\s*(?:\/\*(?:[^*]|\*(?!\/))*\*\/\s*|\/\/[^\n]*\n\s*)*default/.exec(
      this.#source.slice(node.start, declaration.start),
    );
    const from = node.start + (keyword?.[0].length ?? 0);
    this.#erase(node.start, from, `const ${defaultName} = { default: (`);
    this.#edits.push({ start: end, end, text: ') }.default' });
  }

  /** Offset of the parenthesis that opens the parameters of a function without a name. */
  #openingOf(start: number): number {
    const tokens = tokenizer(this.#source.slice(start), { ecmaVersion: 'latest', sourceType: 'module' });
    for (const token of tokens) if (token.type === tokTypes.parenL) return start + token.start;
    return start;
  }

  /** Takes text out but keeps its line breaks. */
  #erase(start: number, end: number, replacement = ''): void {
    const breaks = this.#source.slice(start, end).replaceAll(/[^\n\r\u2028\u2029]/g, '');
    this.#edits.push({ start, end, text: replacement + breaks });
  }
}
