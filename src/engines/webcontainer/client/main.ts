import { configureAPIKey, WebContainer } from '@webcontainer/api';
import { stackBlitz } from './scope.ts';

/**
 * The script of webcontainer.html: the unmodified client in a document of its own. Each boot opens a fresh one, so that
 * a host that never answered, a key and the client's one instance are gone with it; and only this document may frame
 * the host.
 */
window.openWebContainers = ({ apiKey, host }) => {
  if (host !== undefined) globalThis.WEBCONTAINER_API_IFRAME_URL = host;
  if (apiKey !== undefined && apiKey !== '') configureAPIKey(apiKey);
  const { origin } = new URL(globalThis.WEBCONTAINER_API_IFRAME_URL ?? stackBlitz);
  return {
    host: origin,
    async reach() {
      try {
        await fetch(`${origin}/headless`, { mode: 'no-cors', credentials: 'omit', cache: 'no-store' });
        return true;
      } catch {
        return false;
      }
    },
    boot: () => WebContainer.boot({ coep: 'require-corp' }),
  };
};
