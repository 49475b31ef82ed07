export const pythonVersions: { python: string; pyodide: string };
export function buildPythonAssets(): Promise<Record<'data' | 'later', { name: string; path: string }[]>>;
