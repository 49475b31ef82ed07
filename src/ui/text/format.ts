/** Numbers for people. */

/** Milliseconds, e.g. `38 ms`, `1.4 s`, `2 min 05 s`. */
export function formatMs(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** A share of 0 to 1 as a percentage; only a whole is shown as 100 %, only nothing as 0 %. */
export function formatShare(share: number): string {
  const tenths = Math.round(share * 1_000);
  const kept = share < 1 && tenths === 1_000 ? 999 : share > 0 && tenths === 0 ? 1 : tenths;
  return `${(kept / 10).toFixed(kept % 10 === 0 ? 0 : 1)} %`;
}

/** Bytes, e.g. `812 B`, `3.4 kB`, `1.2 MB`, `10.7 GB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

/** `1 file`, `2 files`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
