import { linkIn } from '../../share/links/link-in.ts';

/** The views of the page. A shared run has an address of its own form, `#r1.…`. */
export const views = ['playground', 'history', 'batch', 'help'] as const;
export type View = (typeof views)[number];

/** What the fragment of the address asks for. */
export type Target =
  | {
      readonly view: View;
      /** What follows the name of the view, decoded: `#help/levels` has `['levels']`. */ readonly path: readonly string[];
    }
  | { readonly view: 'shared'; readonly fragment: string };

/** A link whose mark was lost on the way: what follows begins as everything does that gzip has packed. */
const spoilt = /^#?.{0,6}H4sI/;

/** Reads a fragment, with or without its `#`. What is not understood is the playground: a bad address is no blank page. */
export function targetOf(fragment: string): Target {
  const link = linkIn(fragment);
  if (link !== undefined) return { view: 'shared', fragment: link };
  if (spoilt.test(fragment)) return { view: 'shared', fragment };
  const [name, ...path] = fragment.replace(/^#/, '').split('/').map(decode);
  const view = views.find((known) => known === name);
  return view === undefined ? { view: 'playground', path: [] } : { view, path };
}

/** The address of a view, as an `href`. */
export function addressOf(view: View, ...path: readonly string[]): string {
  return `#${[view, ...path.map(encodeURIComponent)].join('/')}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Where the page is; follows the address. */
export class Route {
  readonly #window: Window;
  #target = $state.raw<Target>({ view: 'playground', path: [] });

  constructor(window: Window) {
    this.#window = window;
    this.#target = targetOf(window.location.hash);
    window.addEventListener('hashchange', () => {
      this.#target = targetOf(window.location.hash);
    });
  }

  get target(): Target {
    return this.#target;
  }

  /** Goes to a view; the way back is in the browser's history. */
  go(view: View, ...path: readonly string[]): void {
    this.#window.location.hash = addressOf(view, ...path);
  }
}
