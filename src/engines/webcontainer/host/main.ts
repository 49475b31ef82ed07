import { createEngine } from '../../index.ts';
import { exposedInstance } from './instance.ts';
import { expose, type Handle } from './wire.ts';

/**
 * The script of /headless: a host for the unmodified client of `@webcontainer/api`, over the embedded Node engine. The
 * page that frames it gets one object, `build`, and through it a sandbox of its own: nothing of this origin's storage,
 * documents or network is in reach of it.
 */

let live = false;

async function build(): Promise<Handle> {
  if (live) throw new Error('Only a single WebContainer instance can be booted');
  live = true;
  try {
    const engine = await createEngine('node');
    return exposedInstance(await engine.boot(), () => (live = false));
  } catch (error) {
    live = false;
    throw error;
  }
}

function greet(): void {
  if (window.parent === window) return;
  const { port1, port2 } = new MessageChannel();
  expose({ methods: new Map([['build', build]]) }, port1);
  // Who may frame this page is decided by its headers (frame-ancestors); the port is for whoever does.
  window.parent.postMessage({ type: 'init' }, '*', [port2]);
}

greet();
