import type { Source } from '../sources.ts';

/**
 * One small syntax tree for Python, JavaScript and TypeScript, so that a rule is written once. The parsers' own trees
 * are lowered to it in `python/` and `javascript/`. What a rule cannot use becomes `other` with its children, so
 * that nothing inside it is lost. `at` is an offset into the text in UTF-16 units.
 */
export type Expression =
  | Text
  | Template
  | Constant
  | Name
  | Member
  | Index
  | Call
  | Operation
  | Conditional
  | Dictionary
  | List
  | Callable
  | Class
  | Other;

/** A string, or a Python `bytes` literal; adjacent literals are joined. */
export interface Text {
  kind: 'text';
  value: string;
  at: number;
}

/** A template literal or an f-string: its parts one after another; the fixed ones are `text`. */
export interface Template {
  kind: 'template';
  parts: Expression[];
  at: number;
}

export interface Constant {
  kind: 'constant';
  /** `null` for None, null and undefined. */
  value: number | boolean | null;
  at: number;
}

export interface Name {
  kind: 'name';
  /** `this`, `super` and Python's `self` are names too. */
  name: string;
  at: number;
}

/** `object.name`, `object?.name`. */
export interface Member {
  kind: 'member';
  object: Expression;
  name: string;
  at: number;
}

/** `object[index]`; a slice has an `other` for its index. */
export interface Index {
  kind: 'index';
  object: Expression;
  index: Expression;
  at: number;
}

export interface Argument {
  /** Python's `name=value`. */
  name?: string;
  /** `...value`, `*value`, `**value`. */
  spread: boolean;
  value: Expression;
}

/** A call; a tagged template is one with the template as its argument. */
export interface Call {
  kind: 'call';
  callee: Expression;
  args: Argument[];
  /** `new X()`. */
  construct: boolean;
  at: number;
}

/**
 * An operation with the operator as the language writes it: `+`, `%`, `||`, `??`, `or`, `not`, `not in`. A chain of
 * `+`, `||`, `&&` or `??` may be one operation with all its operands, from left to right.
 */
export interface Operation {
  kind: 'operation';
  operator: string;
  operands: Expression[];
  at: number;
}

export interface Conditional {
  kind: 'conditional';
  test: Expression;
  then: Expression;
  otherwise: Expression;
  at: number;
}

/** An object literal or a dict; an entry without a key is spread into it. Methods are functions under their name. */
export interface Dictionary {
  kind: 'dictionary';
  entries: { key: Expression | undefined; value: Expression; at: number }[];
  at: number;
}

/** An array, tuple, list or set. A spread item is an `other` around it. */
export interface List {
  kind: 'list';
  items: Expression[];
  at: number;
}

export interface Parameter {
  /** Empty for a pattern. */
  name: string;
  /** `{ db, user: { id } }` as the pattern of an assignment: a dictionary or a list of targets. */
  pattern?: Expression;
  /** TypeScript's type or Python's annotation, as it is written; empty without one. */
  annotation: string;
  /** The annotation as an expression where it is one (Python). */
  annotationValue?: Expression;
  default?: Expression;
  decorators: Expression[];
}

/** A function, method, arrow function or lambda. */
export interface Callable {
  kind: 'callable';
  /** Empty when it has none. */
  name: string;
  parameters: Parameter[];
  /** An arrow function or a lambda that is an expression has one `return`. */
  body: Statement[];
  decorators: Expression[];
  async: boolean;
  at: number;
}

export interface Class {
  kind: 'class';
  /** Empty when it has none. */
  name: string;
  /** Python: the positional arguments of the class; JavaScript: what it extends. */
  bases: Expression[];
  /** Python's keyword arguments of the class: `metaclass=…`, `table=True`. */
  keywords?: Argument[];
  /** Fields are `assign`, methods `declare`. */
  body: Statement[];
  decorators: Expression[];
  at: number;
}

/** Anything else that has a value: await, yield, comprehensions, spreads, assignments inside expressions. */
export interface Other {
  kind: 'other';
  /** `await`, `yield`, `spread`, `assign`, Python's `global` and `nonlocal` with the names, or empty. */
  what: string;
  children: Expression[];
  at: number;
}

export type Statement =
  ImportStatement | ExportStatement | Assign | Declare | Return | Evaluate | Branch | Block;

/** `import`, `from … import`; what `require` and `import()` name is in `Module.imports`. */
export interface ImportStatement {
  kind: 'import';
  import: Import;
  at: number;
}

/** An export of names that exist already, or of another module's. Exported declarations stand as such before it. */
export interface ExportStatement {
  kind: 'export';
  exports: Export[];
  at: number;
}

/**
 * `a = b = value`, `const a = value`, `a: T = value`, `module.exports = value`, a class field. `export default value`
 * is an assignment to the name `default`, which nothing else can have.
 */
export interface Assign {
  kind: 'assign';
  /** Names, members, indexes; a destructuring pattern is a list or a dictionary of them. */
  targets: Expression[];
  value: Expression | undefined;
  /** As it is written; empty without one. */
  annotation: string;
  annotationValue?: Expression;
  /** `=`, or an augmented one such as `+=`. */
  operator: string;
  at: number;
}

/** A declaration of a function or a class. */
export interface Declare {
  kind: 'declare';
  value: Callable | Class;
  at: number;
}

export interface Return {
  kind: 'return';
  value: Expression | undefined;
  at: number;
}

export interface Evaluate {
  kind: 'evaluate';
  value: Expression;
  at: number;
}

/** `if`; an `else if` is a branch in `otherwise`. */
export interface Branch {
  kind: 'branch';
  test: Expression;
  then: Statement[];
  otherwise: Statement[];
  at: number;
}

/** `for`, `while`, `try`, `with`, `switch`, `match`: expressions in the head and the statements of all its parts, in order. */
export interface Block {
  kind: 'block';
  what: 'for' | 'while' | 'try' | 'with' | 'switch' | 'other';
  head: Expression[];
  /** Names that the head binds (`as f`, `for x`), beside the expression that gives the value where there is one. */
  binds: { target: Expression; value: Expression | undefined }[];
  body: Statement[];
  at: number;
}

/** One import of a module, in whatever form. */
export interface Import {
  /** As it is written: `./models/user.js`, `@/db`, `express`; Python with its dots: `..models.user`, `.`, `flask`. */
  specifier: string;
  /** `dynamic`: `import()`, `importlib.import_module()`, `__import__()`. `reexport`: `export … from`. */
  form: 'import' | 'require' | 'dynamic' | 'reexport';
  /** Names that are taken; empty when the module is bound or run as a whole. */
  names: ImportedName[];
  /**
   * The local name of the module as a whole: `import * as x`, `import x` of Python, `const x = require()`. Python's
   * `import a.b` binds `a`, though the specifier is `a.b`.
   */
  whole?: string;
  /** Erased when compiled: `import type`; of Python, below `if TYPE_CHECKING`. */
  typeOnly: boolean;
  /** Inside a function: it is imported when that runs. */
  deferred: boolean;
  at: number;
}

export interface ImportedName {
  /** `default` for a default import, `*` for all. */
  imported: string;
  /** Empty when the name is used on the spot: `require('./a').b()`. */
  local: string;
  at: number;
}

/**
 * A name that a JavaScript or TypeScript module exports. Of CommonJS: `exports.x`, `module.exports.x`, the properties of
 * an object that is `module.exports`, and `*` for what is spread into it.
 */
export interface Export {
  /** `default`, `*` for all of `from`; `module.exports = x` exports `x` under `default`. */
  exported: string;
  /** Its name inside the module, or in `from`; `*` for the whole of it; empty for an expression. */
  local: string;
  /** The specifier of the module that it is passed on from. */
  from?: string;
  at: number;
}

/** A file of the submission that was parsed. */
export interface Module {
  readonly path: string;
  readonly language: 'python' | 'javascript' | 'typescript';
  readonly source: Source;
  readonly body: readonly Statement[];
  /** All of them, wherever they stand, in the order of the text. */
  readonly imports: readonly Import[];
  /** JavaScript and TypeScript; in Python every global is one. */
  readonly exports: readonly Export[];
  /**
   * Imports whose specifier is not a literal: what they load is not known. `start` is what it begins with where that
   * much is known: `./routes/` for `require('./routes/' + name)` and for `path.join(__dirname, 'routes', name)`.
   */
  readonly unknownImports: readonly { at: number; start?: string }[];
  /** Where the text does not follow the grammar; the tree holds what could be read. */
  readonly problems: readonly { at: number; message: string }[];
}

/** What a specifier leads to. */
export type Resolution =
  | { kind: 'file'; path: string }
  /** Not of the submission: `name` is the npm package or the top-level Python module, e.g. `@hono/node-server`, `flask`. */
  | { kind: 'package'; name: string }
  /** It looks like a file of the submission, and there is none. */
  | { kind: 'missing'; name: string };

/** Where an imported thing is defined, once index files and re-exports have been followed. */
export interface Target {
  resolution: Resolution;
  /** The name in the defining module; `*` for the whole module. */
  name: string;
  /** Files that passed it on, in order. */
  via: readonly string[];
}

/** A submission's code as a whole. */
export interface Project {
  readonly sources: readonly Source[];
  /** Parsed files by path. */
  readonly modules: ReadonlyMap<string, Module>;
  /** What a specifier means in a module; `..models` and `./models` alike. */
  resolve(from: Module, specifier: string): Resolution;
  /** Every definition that an import leads to: one per name, or one for the module as a whole. */
  targets(from: Module, imported: Import): Target[];
  /** Where a name that is used in a module comes from; undefined when the module itself defines it, or nobody does. */
  origin(from: Module, name: string): Target | undefined;
}
