import type { FileSource } from '../../share/submission.ts';

/** Where a submission can come from; `taken` is one that another part of the page handed over. */
export const sourceKinds = ['reference', 'model', 'import', 'paste', 'link', 'defect', 'taken'] as const;
export type SourceKind = (typeof sourceKinds)[number];

/** What a person dropped or chose. */
export type Import =
  | { kind: 'folder'; name: string; sources: readonly FileSource[] }
  | { kind: 'archive' | 'patch'; name: string; size: number; read: () => Promise<Uint8Array> };
