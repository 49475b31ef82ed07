/** @throws Error when the bundle is not built as expected. */
export function trimShell(code: string): string;
