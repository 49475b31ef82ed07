import type { FileMap } from '../../engines/engine.ts';
import type { Run } from '../runs/run.svelte.ts';
import type { Draft } from '../setup/draft.svelte.ts';

/** Whose files the code side shows. */
export type CodeSource =
  /** The submission about to be run: it can be edited. */
  | { readonly kind: 'draft'; readonly draft: Draft }
  /** The files of a run, as they were run. */
  | { readonly kind: 'run'; readonly run: Run }
  /** Files that somebody handed over to be looked at. */
  | { readonly kind: 'files'; readonly files: FileMap; readonly label: string };

/** The files of a source as they are now. */
export function filesOf(source: CodeSource | undefined): FileMap {
  if (source === undefined) return {};
  if (source.kind === 'draft') return source.draft.files;
  return source.kind === 'run' ? source.run.request.files : source.files;
}

/** What a source is told apart by: the thing itself. */
export function identityOf(source: CodeSource): object {
  if (source.kind === 'draft') return source.draft;
  return source.kind === 'run' ? source.run : source.files;
}

const likelyFirst = [
  /^src\/(server|app|main|index)\.[cm]?[jt]s$/,
  /^(server|app|main|index)\.[cm]?[jt]s$/,
  /^(app|main|server|manage)\.py$/,
  /^(src|app)\/(main|app|__init__)\.py$/,
  /^run\.sh$/,
];

/** The file that says most about a submission at first sight; undefined when there is none. */
export function firstFile(paths: readonly string[]): string | undefined {
  for (const likely of likelyFirst) {
    const found = paths.find((path) => likely.test(path));
    if (found !== undefined) return found;
  }
  return paths[0];
}
