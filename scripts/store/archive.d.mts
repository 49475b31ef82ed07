export interface StoreFile {
  path: string;
  data: Uint8Array;
  executable: boolean;
}
export function keepNpmFile(path: string, manifest: { name: string; entries: string }): boolean;
export function keepWheelFile(path: string, options: { dropCompiled: boolean }): boolean;
export function sha256(data: Uint8Array | string): string;
export function tgz(files: StoreFile[]): Uint8Array;
export function zip(files: Record<string, Uint8Array>): Uint8Array;
