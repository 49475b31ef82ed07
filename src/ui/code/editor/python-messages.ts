/** Between the editor and the worker that reads Python. */
export interface PythonQuestion {
  readonly id: number;
  readonly path: string;
  readonly text: string;
  /** All paths of the submission: what an import may lead to. */
  readonly paths: readonly string[];
}

/** A function or a class, at an offset in UTF-16 units. */
export interface PythonSymbol {
  readonly name: string;
  readonly kind: 'function' | 'class' | 'method';
  readonly at: number;
  readonly children: readonly PythonSymbol[];
}

export interface PythonImport {
  readonly at: number;
  readonly specifier: string;
  /** The file of the submission that it leads to. */
  readonly path: string | undefined;
  /** The package when it leads to none. */
  readonly package: string | undefined;
  /** Names that it brings, as the module calls them. */
  readonly names: readonly string[];
}

export interface PythonAnswer {
  readonly id: number;
  readonly problems: readonly { readonly at: number; readonly message: string }[];
  readonly symbols: readonly PythonSymbol[];
  readonly imports: readonly PythonImport[];
}
