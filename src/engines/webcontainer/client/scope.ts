import type { Client } from './types.ts';

/** Where StackBlitz serves its runtime from. */
export const stackBlitz = 'https://stackblitz.com';

export interface ClientSettings {
  /** Of a StackBlitz account; kept nowhere. */
  readonly apiKey?: string | undefined;
  /** Origin of another host that speaks the client's protocol; `/headless` is asked of it. */
  readonly host?: string | undefined;
}

/** What webcontainer.html offers to the page that opened it. */
export interface ClientScope {
  /** Origin that the runtime is loaded from. */
  readonly host: string;
  /** Whether the host answers at all, as far as that can be told. */
  reach(): Promise<boolean>;
  /** Starts the client. Never settles when the host does not answer. */
  boot(): Promise<Client>;
}

declare global {
  interface Window {
    /** Set by webcontainer.html when its script has run: makes the client, once. */
    openWebContainers?: (settings: ClientSettings) => ClientScope;
  }
  /** Read by `@webcontainer/api`. */
  var WEBCONTAINER_API_IFRAME_URL: string | undefined;
}
