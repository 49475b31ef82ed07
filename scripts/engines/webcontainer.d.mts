export function webContainerVersions(): Promise<Record<string, string>>;
export function buildWebContainerFiles(options: {
  outDir: string;
  only?: string[];
}): Promise<{ name: string; path: string }[]>;
