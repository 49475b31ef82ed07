export function hashingCore(name: string): Uint8Array;
export function hashingCores(folder: string): { name: string; path: string }[];
