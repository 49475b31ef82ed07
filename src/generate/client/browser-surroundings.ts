import type { Surroundings } from './surroundings.ts';

const probeMs = 10_000;

/** The surroundings of this page. */
export function browserSurroundings(): Surroundings {
  const blocked = new Set<string>();
  document.addEventListener('securitypolicyviolation', ({ blockedURI, effectiveDirective }) => {
    if (effectiveDirective === 'connect-src' && URL.canParse(blockedURI))
      blocked.add(new URL(blockedURI).origin);
  });
  return {
    pageAddress: location.href,
    get online() {
      return navigator.onLine;
    },
    localNetwork,
    answers: probe,
    blocked: (address) => blocked.has(new URL(address).origin),
  };
}

/** Chrome's permission has had two names, of which the second was then parted in two. */
async function localNetwork(): Promise<'granted' | 'denied' | 'prompt' | 'unknown'> {
  for (const name of ['loopback-network', 'local-network', 'local-network-access']) {
    const status = await navigator.permissions.query({ name: name as PermissionName }).catch(() => undefined);
    if (status !== undefined) return status.state;
  }
  return 'unknown';
}

/**
 * Asks in a worker whose document policy lets unreadable responses in: in the page itself, `require-corp` makes them
 * look as if nothing had answered.
 */
function probe(address: string): Promise<boolean | undefined> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./probe.worker.ts', import.meta.url), { type: 'module' });
    const end = (answer: boolean | undefined): void => {
      clearTimeout(timer);
      worker.terminate();
      resolve(answer);
    };
    const timer = setTimeout(() => end(undefined), probeMs);
    worker.onerror = () => end(undefined);
    worker.onmessage = ({ data }: MessageEvent<unknown>) => end(typeof data === 'boolean' ? data : undefined);
    worker.postMessage(address);
  });
}
