import { createSubscriber } from 'svelte/reactivity';
import type { LiveServer } from '../../evaluate/live-types.ts';

/** Whether a server runs, followed as it changes. Call it while a component is made. */
export function liveState(server: () => LiveServer | undefined): { readonly running: boolean } {
  const subscribe = $derived.by(() => {
    const followed = server();
    return createSubscriber((update) => followed?.on('running', update));
  });
  return {
    get running() {
      subscribe();
      return server()?.running === true;
    },
  };
}
