import { codeText } from '../../english/code.ts';

/** With what the files in view can be compared. */
export type BaseKind = 'original' | 'reference' | 'run' | 'draft';

export const baseNames: Readonly<Record<BaseKind, string>> = {
  original: codeText.baseOriginal,
  reference: codeText.baseReference,
  run: codeText.baseRun,
  draft: codeText.baseDraft,
};
