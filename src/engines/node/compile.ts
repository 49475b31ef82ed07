import { Parser, tokenizer, type Options, type Program } from 'acorn';
import { applyEdits, ColumnMap, type Edit } from './async-context/edits.ts';
import { collectDynamicImports } from './esm/walk.ts';
import { globalBindingEdits } from './vm/script.ts';
import { engineWording } from './language/syntax-messages.ts';
import { newerSyntax, NewerSyntaxError } from './language/newer-syntax.ts';

/** Called for `import(specifier, options)` in code of the submission. */
export type DynamicImport = (specifier: unknown, options: unknown) => Promise<unknown>;

/** Where in a file a syntax error is. `line` counts from 1, `column` from 0. */
export interface SourcePosition {
  line: number;
  column: number;
  length: number;
}

/** A rewriting of every source that a process loads, beside what the module system itself rewrites. */
export interface Instrument {
  /** A check of the text: false when `edits` would find nothing. */
  concerns(source: string): boolean;
  /** Its edits, in order. @param topLevel Whether the program is a module, whose own `await` counts. */
  edits(program: Program, source: string, topLevel: boolean): readonly Edit[];
  /** Names that rewritten code uses, and their values. */
  readonly parameters: readonly string[];
  readonly values: readonly unknown[];
  /** Statement that the body of a rewritten module begins with. */
  readonly declaration: string;
}

/** Where code runs that `node:vm` runs in a context. */
export interface CodeScope {
  /** Answers for every name that the code does not declare itself. */
  readonly scope: object;
  readonly global: object;
  readonly names: readonly string[];
  readonly values: readonly unknown[];
}

/** The body of an ES module, rewritten to that of a function; see esm/transform.ts. */
export interface ModuleBody {
  readonly url: string;
  readonly source: string;
  readonly program: Program;
  readonly edits: readonly Edit[];
  readonly keyword: 'function' | 'function*' | 'async function';
  readonly prologue: string;
  readonly parameters: readonly string[];
}

/** The evaluator as it was before a submission could replace it. */
const evaluate = globalThis.eval;

const scriptOptions: Options = {
  ecmaVersion: 'latest',
  sourceType: 'script',
  allowReturnOutsideFunction: true,
  allowHashBang: true,
  locations: true,
};

/** Takes the place of the word `import` of `import()`: as long as it, so that no column moves. */
const importName = 'impor$';

const dynamicImportCall = /\bimport\s*(\(|\/[*/])/;
/** A sign of bindings that later scripts see, too. */
const topLevelBinding = /^[ \t]*(?:let|const|class)\b|[;}][ \t]*(?:let|const|class)\b/m;
const hashbang = /^#!/;

/** Turns source text of the submission into functions whose stack frames carry the file's own name and lines. */
export class Compiler {
  /** Set once, before the first source is compiled. */
  instrument: Instrument | undefined;
  readonly #columns = new Map<string, number | ColumnMap>();

  /** Whether a source of this name was compiled here, not by the program's own `eval`. */
  knows(file: string): boolean {
    return this.#columns.has(file);
  }

  /** Column of the submission's own text for a place in what was made of it; both count from 1. */
  originalColumn(file: string, line: number, column: number): number {
    const known = this.#columns.get(file);
    if (known === undefined) return column;
    if (typeof known !== 'number') return known.original(line, column);
    return line === 1 ? Math.max(1, column - known) : column;
  }

  /**
   * A function with the given parameters and body, as `vm.compileFunction`.
   * @throws SyntaxError as the browser's engine words it.
   */
  compileFunction(
    code: string,
    filename: string,
    parameters: readonly string[],
    dynamicImport: DynamicImport,
  ): unknown {
    const prepared = this.#prepare(code, scriptOptions);
    const head = `(function (${parameters.join(', ')}) {`;
    if (prepared === undefined) {
      this.#columns.set(filename, head.length);
      try {
        return evaluate(`${head}${withoutHashbang(code)}\n})${sourceUrl(filename)}`);
      } catch (error) {
        throw withoutWrapper(error, code);
      }
    }
    const { names, values } = this.#helpers(dynamicImport);
    const opening = `(function (${names.join(', ')}) { return ${head}`;
    this.#columns.set(filename, new ColumnMap(code, prepared.edits, opening.length));
    return call(evaluate(`${opening}${prepared.code}\n}) })${sourceUrl(filename)}`), values);
  }

  /** Runs a script in the global scope; its value is that of its last expression. */
  runScript(code: string, filename: string, dynamicImport: DynamicImport): unknown {
    const rewrite = topLevelBinding.test(code) ? globalBindingEdits : undefined;
    const options = { ...scriptOptions, allowReturnOutsideFunction: false };
    const prepared = this.#prepare(code, options, rewrite);
    this.#columns.set(filename, 0);
    if (prepared === undefined) return evaluate(withoutHashbang(code) + sourceUrl(filename));
    const { names, values } = this.#helpers(dynamicImport);
    const own = `impor${scriptCount++}`;
    const edits = prepared.edits.map((edit) => (edit.text === importName ? { ...edit, text: own } : edit));
    this.#columns.set(filename, new ColumnMap(code, edits, 0));
    [own, ...names.slice(1)].forEach((name, index) => {
      Object.defineProperty(globalThis, name, {
        value: values[index],
        configurable: true,
        enumerable: false,
      });
    });
    return evaluate(withoutHashbang(applyEdits(code, edits)) + sourceUrl(filename));
  }

  /**
   * Runs code in a scope of its own.
   * @param rewrite The edits by which its declarations become part of that scope.
   */
  runInScope(
    code: string,
    filename: string,
    where: CodeScope,
    dynamicImport: DynamicImport,
    rewrite: (program: Program, source: string) => readonly Edit[],
  ): unknown {
    const program = Parser.parse(code, { ...scriptOptions, allowReturnOutsideFunction: false });
    const concerned = this.instrument?.concerns(code) === true;
    const added = concerned ? (this.instrument?.edits(program, code, false) ?? []) : [];
    const edits = merged(added, [...importEdits(program), ...rewrite(program, code)]);
    const { names, values } = this.#helpers(dynamicImport);
    this.#columns.set(filename, new ColumnMap(code, edits, 0));
    const parameters = ['$scope$', '$this$', '$source$', ...names, ...where.names];
    const runner = evaluate(
      `(function (${parameters.join(', ')}) { with ($scope$) { return (function () { return eval($source$); }).call($this$); } })\n//# sourceURL=blob:vm`,
    ) as (...args: unknown[]) => unknown;
    const text = withoutHashbang(applyEdits(code, edits)) + sourceUrl(filename);
    return runner(where.scope, where.global, text, ...values, ...where.values);
  }

  /** Names that `runInScope` needs for itself. */
  get reservedNames(): string[] {
    return ['$scope$', '$this$', '$source$', importName, ...(this.instrument?.parameters ?? [])];
  }

  /** A function of the body of a module, which takes `parameters`. */
  compileModuleBody(body: ModuleBody, dynamicImport: DynamicImport): (...args: unknown[]) => unknown {
    const { source, program, keyword, parameters, url } = body;
    const { names, values } = this.#helpers(dynamicImport);
    const concerned = this.instrument?.concerns(source) === true;
    const added = concerned ? (this.instrument?.edits(program, source, true) ?? []) : [];
    const edits = merged(added, [...body.edits, ...importEdits(program)]);
    const declaration = concerned ? (this.instrument?.declaration ?? '') : '';
    const head = `(function (${names.join(', ')}) { return (${keyword} (${parameters.join(', ')}) { "use strict";${declaration}${body.prologue}`;
    this.#columns.set(url, new ColumnMap(source, edits, head.length));
    const text = withoutHashbang(applyEdits(source, edits));
    return call(evaluate(`${head}${text}\n}) })${sourceUrl(url)}`), values) as () => unknown;
  }

  /** The engine's own words for a module's syntax error, as far as they can be had without its module parser. */
  moduleErrorText(code: string, fromParser: SyntaxError): string {
    if (fromParser instanceof NewerSyntaxError) return fromParser.message;
    const wording = engineWording(code, fromParser);
    if (wording !== undefined) return wording;
    const plain = code
      .replaceAll(/^[ \t]*import\b(?!\s*[.(])[^;\n]*/gm, '')
      .replaceAll(/^[ \t]*export\s+(?:default\b|(?=const|let|var|class|function|async))/gm, '');
    try {
      evaluate(`(async function* () { "use strict";${withoutHashbang(plain)}\n})`);
    } catch (error) {
      if (error instanceof SyntaxError) return error.message;
    }
    return fromParser.message.replace(/ \(\d+:\d+\)$/, '');
  }

  /** Checks a script without running it. @throws SyntaxError. */
  check(code: string): void {
    evaluate(`(function () {${withoutHashbang(code)}\n})`);
    refuseNewerSyntax(code, () => Parser.parse(code, scriptOptions));
  }

  /** Whether the text is valid only as an ES module. */
  needsModuleSyntax(code: string, asFunction: boolean): boolean {
    if (!/\b(import|export|await)\b/.test(code)) return false;
    if (this.#parses(code, { ...scriptOptions, allowReturnOutsideFunction: asFunction })) return false;
    return this.#parses(code, { ...scriptOptions, sourceType: 'module', allowReturnOutsideFunction: false });
  }

  /** Where the parser stumbles, or undefined when it does not. */
  errorPosition(code: string, sourceType: 'script' | 'module'): SourcePosition | undefined {
    const options: Options = {
      ...scriptOptions,
      sourceType,
      allowReturnOutsideFunction: sourceType === 'script',
    };
    try {
      newerSyntax(code, () => Parser.parse(code, options));
      Parser.parse(code, options);
      return undefined;
    } catch (error) {
      const at = error as { loc?: { line: number; column: number }; pos?: number };
      if (at.loc === undefined) return undefined;
      return { line: at.loc.line, column: at.loc.column, length: tokenLength(code, at.pos ?? 0) };
    }
  }

  #parses(code: string, options: Options): boolean {
    try {
      Parser.parse(code, options);
      return true;
    } catch {
      return false;
    }
  }

  /** What rewritten code uses: the name for `import`, and the instrument's. */
  #helpers(dynamicImport: DynamicImport): { names: string[]; values: unknown[] } {
    return {
      names: [importName, ...(this.instrument?.parameters ?? [])],
      values: [dynamicImport, ...(this.instrument?.values ?? [])],
    };
  }

  /** The text rewritten; undefined when there is nothing to rewrite (or it cannot be parsed). */
  #prepare(
    code: string,
    options: Options,
    rewrite?: (program: Program) => Edit[],
  ): { code: string; edits: Edit[] } | undefined {
    let program: Program | undefined;
    const parse = (): Program => (program ??= Parser.parse(code, { ...options, locations: false }));
    refuseNewerSyntax(code, parse);
    const concerned = this.instrument?.concerns(code) === true;
    const imports = dynamicImportCall.test(code);
    if (!concerned && !imports && rewrite === undefined) return undefined;
    try {
      parse();
    } catch {
      return undefined;
    }
    if (program === undefined) return undefined;
    const added = concerned ? (this.instrument?.edits(program, code, false) ?? []) : [];
    const edits = merged(added, [...(imports ? importEdits(program) : []), ...(rewrite?.(program) ?? [])]);
    return edits.length === 0 ? undefined : { code: withoutHashbang(applyEdits(code, edits)), edits };
  }
}

let scriptCount = 10_000;

/** What is only wrong outside of a function. */
const scriptOnly = /return|await|new\.target/;

/** An error in a function's body, in the words that the engine has for the body alone: the wrapper has an end of its own. */
function withoutWrapper(error: unknown, code: string): unknown {
  try {
    evaluate(`throw 0;${withoutHashbang(code)}`);
  } catch (plain) {
    if (plain instanceof SyntaxError && !scriptOnly.test(plain.message)) return plain;
  }
  return error;
}

/** @throws SyntaxError, the program's own, for what Node 20 has no syntax for. */
function refuseNewerSyntax(code: string, parse: () => Program): void {
  try {
    newerSyntax(code, parse);
  } catch (error) {
    throw error instanceof NewerSyntaxError ? new SyntaxError(error.message) : error;
  }
}

function importEdits(program: Program): Edit[] {
  return collectDynamicImports(program).map((start) => ({
    start,
    end: start + 'import'.length,
    text: importName,
  }));
}

/** Two lists of edits as one; where both insert, the first one's text comes first. */
function merged(first: readonly Edit[], second: readonly Edit[]): Edit[] {
  return [...first, ...second].sort((a, b) => a.start - b.start || a.end - b.end);
}

function call(factory: unknown, values: readonly unknown[]): unknown {
  if (typeof factory !== 'function') throw new TypeError('Compiling gave no function');
  return Reflect.apply(factory, undefined, values) as unknown;
}

function withoutHashbang(code: string): string {
  return code.replace(hashbang, '//');
}

function sourceUrl(name: string): string {
  return `\n//# sourceURL=${name.replaceAll(/[\r\n]/g, '').replaceAll(' ', '%20')}`;
}

/** Length of what the engine underlines: nothing at the end of the text, the rest of the line for an open string. */
function tokenLength(code: string, position: number): number {
  if (code.slice(position).trim() === '') return 0;
  if (/^['"]/.test(code[position] ?? '')) return /^.*/.exec(code.slice(position))?.[0].length ?? 1;
  try {
    const token = tokenizer(code.slice(position, position + 200), { ecmaVersion: 'latest' }).getToken();
    return Math.max(1, token.end - token.start);
  } catch {
    return 1;
  }
}
