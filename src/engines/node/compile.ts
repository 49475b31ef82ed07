import { Parser, tokenizer, type Options, type Program } from 'acorn';
import { collectDynamicImports } from './esm/walk.ts';

/** Called for `import(specifier, options)` in code of the submission. */
export type DynamicImport = (specifier: unknown, options: unknown) => Promise<unknown>;

/** Where in a file a syntax error is. `line` counts from 1, `column` from 0. */
export interface SourcePosition {
  line: number;
  column: number;
  length: number;
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

/** Name under which rewritten code finds its `import()`; not a word that a program would use. */
export const dynamicImportName = '__nodeImport$';

const mayImport = /\bimport\b/;
const hashbang = /^#!/;

/** Turns source text of the submission into functions whose stack frames carry the file's own name and lines. */
export class Compiler {
  /** How far the first line of a file was moved to the right by what stands before it. */
  readonly firstLineShift = new Map<string, number>();

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
    const body = this.#prepare(code, scriptOptions);
    const head = `(function (${parameters.join(', ')}) {`;
    this.firstLineShift.set(filename, head.length);
    if (body === undefined) return evaluate(`${head}${withoutHashbang(code)}\n})${sourceUrl(filename)}`);
    const opening = `(function (${dynamicImportName}) { return ${head}`;
    this.firstLineShift.set(filename, opening.length);
    const factory: unknown = evaluate(`${opening}${body}\n}) })${sourceUrl(filename)}`);
    return callFactory(factory, dynamicImport);
  }

  /** Runs a script in the global scope; its value is that of its last expression. */
  runScript(code: string, filename: string, dynamicImport: DynamicImport): unknown {
    const rewritten = this.#prepare(code, { ...scriptOptions, allowReturnOutsideFunction: false });
    if (rewritten === undefined) return evaluate(withoutHashbang(code) + sourceUrl(filename));
    const name = `${dynamicImportName}${scriptCount++}`;
    Object.defineProperty(globalThis, name, { value: dynamicImport, configurable: true, enumerable: false });
    return evaluate(rewritten.replaceAll(dynamicImportName, name) + sourceUrl(filename));
  }

  /** A factory of the body of a module; see esm/module-wrap.ts. */
  compileModuleBody(
    prologue: string,
    code: string,
    url: string,
    parameters: readonly string[],
    asynchronous: boolean,
  ): unknown {
    const keyword = asynchronous ? 'async function*' : 'function*';
    const head = `(${keyword} (${parameters.join(', ')}) { "use strict";${prologue}`;
    this.firstLineShift.set(url, head.length);
    return evaluate(`${head}${code}\n})${sourceUrl(url)}`);
  }

  /** The engine's own words for a module's syntax error, as far as they can be had without its module parser. */
  moduleErrorText(code: string, fromParser: SyntaxError): string {
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
  }

  /** Whether the text is valid only as an ES module. */
  needsModuleSyntax(code: string, asFunction: boolean): boolean {
    if (!/\b(import|export|await)\b/.test(code)) return false;
    if (this.#parses(code, { ...scriptOptions, allowReturnOutsideFunction: asFunction })) return false;
    return this.#parses(code, { ...scriptOptions, sourceType: 'module', allowReturnOutsideFunction: false });
  }

  /** Where the parser stumbles, or undefined when it does not. */
  errorPosition(code: string, sourceType: 'script' | 'module'): SourcePosition | undefined {
    try {
      Parser.parse(code, {
        ...scriptOptions,
        sourceType,
        allowReturnOutsideFunction: sourceType === 'script',
      });
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

  /** The text with its `import()` calls redirected; undefined when it has none (or cannot be parsed). */
  #prepare(code: string, options: Options): string | undefined {
    if (!mayImport.test(code) || !/\bimport\s*(\(|\/[*/])/.test(code)) return undefined;
    let program: Program;
    try {
      program = Parser.parse(code, options);
    } catch {
      return undefined;
    }
    const starts = collectDynamicImports(program);
    if (starts.length === 0) return undefined;
    let out = '';
    let from = 0;
    for (const start of starts.sort((a, b) => a - b)) {
      out += code.slice(from, start) + dynamicImportName;
      from = start + 'import'.length;
    }
    return withoutHashbang(out + code.slice(from));
  }
}

let scriptCount = 0;

function callFactory(factory: unknown, dynamicImport: DynamicImport): unknown {
  if (typeof factory !== 'function') throw new TypeError('Compiling gave no function');
  return factory(dynamicImport) as unknown;
}

function withoutHashbang(code: string): string {
  return code.replace(hashbang, '//');
}

function sourceUrl(name: string): string {
  return `\n//# sourceURL=${name.replaceAll(/[\r\n]/g, '').replaceAll(' ', '%20')}`;
}

function tokenLength(code: string, position: number): number {
  try {
    const token = tokenizer(code.slice(position, position + 200), { ecmaVersion: 'latest' }).getToken();
    return Math.max(1, token.end - token.start);
  } catch {
    return 1;
  }
}
