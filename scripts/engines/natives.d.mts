export function withoutCommentLines(source: string): string;
export function packNatives(outDir: string): Record<'first' | 'later', string[]>;
