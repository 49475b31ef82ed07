/** A file that the Node engine needs at run time. */
export interface EngineAsset {
  name: string;
  path: string;
}

export const nodeVersion: string;
export function findNodeBinary(): { binary: string; licence: string };
export function buildNodeAssets(options: {
  outDir: string;
}): Promise<Record<'data' | 'later', EngineAsset[]>>;
