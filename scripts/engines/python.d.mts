export const pythonVersions: { python: string; pyodide: string };
export function buildPythonAssets(options: { outDir: string }): Promise<{ name: string; path: string }[]>;
