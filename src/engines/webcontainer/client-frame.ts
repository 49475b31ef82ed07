import { EngineError } from '../engine.ts';
import type { ClientScope, ClientSettings } from './client/scope.ts';

const loadMs = 30_000;

/** The client in a document of its own. */
export interface ClientFrame {
  readonly scope: ClientScope;
  /** Removes the document, the host's frame in it, and all that runs there. */
  remove(): void;
}

/**
 * Opens webcontainer.html, which loads the client from this app; nothing is loaded from outside yet.
 * @throws EngineError EBOOT; the signal's reason when it is aborted.
 */
export async function openClientFrame(settings: ClientSettings, signal?: AbortSignal): Promise<ClientFrame> {
  signal?.throwIfAborted();
  const iframe = document.createElement('iframe');
  iframe.title = 'WebContainers';
  iframe.hidden = true;
  iframe.allow = 'cross-origin-isolated';
  iframe.src = new URL('webcontainer.html', document.baseURI).href;
  const loaded = new Promise<void>((done, failed) => {
    iframe.addEventListener('load', () => done(), { once: true });
    signal?.addEventListener('abort', () => failed(signal.reason), { once: true });
    setTimeout(() => failed(new EngineError('EBOOT', 'webcontainer.html did not load')), loadMs);
  });
  document.body.append(iframe);
  try {
    await loaded;
    const open = iframe.contentWindow?.openWebContainers;
    if (open === undefined) {
      throw new EngineError('EBOOT', 'webcontainer.html could not load its script; reload the page');
    }
    return { scope: open(settings), remove: () => iframe.remove() };
  } catch (error) {
    iframe.remove();
    throw error;
  }
}
