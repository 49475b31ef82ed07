/** Node's `process`, as far as Postman's libraries look at it. */

const started = performance.now();

export const env = {};
export const argv: string[] = [];
export const platform = 'browser';
export const version = 'v20.0.0';
export const versions = { node: '20.0.0' };
export const cwd = () => '/';
export const emitWarning = () => undefined;
export const uptime = () => (performance.now() - started) / 1_000;

export function nextTick(work: (...args: unknown[]) => void, ...args: unknown[]): void {
  queueMicrotask(() => work(...args));
}
