import { limits } from '../../domain/limits.ts';
import { EngineError, type BootOptions, type Engine, type Sandbox } from '../engine.ts';
import { openClientFrame, type ClientFrame } from './client-frame.ts';
import type { ClientSettings } from './client/scope.ts';
import { relayVariables } from './inside/environment.ts';
import { Turns } from './turn.ts';
import { WebContainerSandbox, type PlacedFiles } from './webcontainer-sandbox.ts';

export interface WebContainerSettings extends ClientSettings {
  /** `own` runs scripts in our shell even where the host has a bash. Default: only where it has none. */
  readonly shell?: 'own' | undefined;
}

/** What is placed inside a WebContainer, and the versions of what is used; from the engines' manifest. */
export interface WebContainerParts extends PlacedFiles {
  versions(): Promise<Readonly<Record<string, string>>>;
}

/** One WebContainer may live at a time, whoever asks for it. */
const turns = new Turns();

/**
 * WebContainers by StackBlitz through their own client. Not isolated: what runs there has network access of its own.
 * Loads code from the host when it boots, and not before.
 */
export function webContainerEngine(
  parts: WebContainerParts,
  settings: WebContainerSettings = {},
  openFrame: typeof openClientFrame = openClientFrame,
): Engine {
  let inside: Record<string, string> = {};
  const hide = (text: string): string =>
    settings.apiKey === undefined || settings.apiKey === ''
      ? text
      : text.replaceAll(settings.apiKey, '[key]');
  return {
    id: 'webcontainer',
    capabilities: { languages: ['node'], isolated: false, offline: false, maxSandboxes: 1 },
    versions: async () => ({ ...(await parts.versions()), ...inside }),
    async boot(options: BootOptions = {}, signal?: AbortSignal): Promise<Sandbox> {
      const progress = (label: string) => options.onProgress?.({ label, done: 0 });
      const leave = await turns.take(() => progress('waiting for the other run'), signal);
      let frame: ClientFrame | undefined;
      let sandbox: WebContainerSandbox | undefined;
      try {
        const opened = await openFrame(settings, signal);
        frame = opened;
        const { scope } = opened;
        progress(`Loading WebContainers from ${new URL(scope.host).host}`);
        const client = await bootClient(opened, signal);
        const { env = {} } = options;
        sandbox = new WebContainerSandbox({
          client,
          env,
          release: () => {
            opened.remove();
            leave();
          },
        });
        const relayEnv = settings.shell === undefined ? {} : { [relayVariables.shell]: settings.shell };
        const starting = sandbox.start(parts, relayEnv);
        const node = await within(
          starting,
          limits.relayMs,
          `the relay inside the WebContainer did not start within ${limits.relayMs / 1000} s`,
          signal,
        );
        inside = { node: node.replace(/^v/, ''), host: scope.host };
        return sandbox;
      } catch (error) {
        if (sandbox === undefined) {
          frame?.remove();
          leave();
        } else await sandbox.dispose();
        signal?.throwIfAborted();
        if (error instanceof EngineError) throw new EngineError(error.code, hide(error.message));
        throw new EngineError('EBOOT', hide(`WebContainers could not boot: ${messageOf(error)}`));
      }
    },
  };
}

/** @throws EngineError EBOOT when the host does not answer in time. */
async function bootClient({ scope }: ClientFrame, signal: AbortSignal | undefined) {
  const booting = scope.boot();
  const reachable = await within(scope.reach(), limits.unreachableHostMs, '', signal).catch(() => {
    signal?.throwIfAborted();
    return false;
  });
  const ms = reachable ? limits.hostBootMs : limits.unreachableHostMs;
  const what = reachable
    ? `${scope.host} answers, but its runtime did not start within ${ms / 1000} s; blocked third-party cookies or a missing API key can be the reason`
    : `${scope.host} cannot be reached; check the connection, or choose the embedded engine, which needs none`;
  return within(booting, ms, what, signal);
}

/** @throws EngineError EBOOT with `what` when it takes longer; the signal's reason when aborted. */
async function within<T>(
  action: Promise<T>,
  ms: number,
  what: string,
  signal: AbortSignal | undefined,
): Promise<T> {
  signal?.throwIfAborted();
  action.catch(() => undefined);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let abort: (() => void) | undefined;
  const ended = new Promise<never>((_, failed) => {
    timer = setTimeout(() => failed(new EngineError('EBOOT', what)), ms);
    abort = () => failed(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([action, ended]);
  } finally {
    clearTimeout(timer);
    if (abort !== undefined) signal?.removeEventListener('abort', abort);
  }
}

/** Errors come from another document, whose `Error` is not ours. */
function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error
    ? String(error.message)
    : String(error);
}
