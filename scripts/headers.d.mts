import type { Plugin } from 'vite';

export const sandboxPolicy: string;
export function headersFor(path: string): Record<string, string>;
export function isolationHeaders(): Plugin;
