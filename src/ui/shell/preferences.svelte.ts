export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];
/** `large` is for presentations: all type and spacing a quarter larger. */
export const sizes = ['normal', 'large'] as const;
export type Size = (typeof sizes)[number];

/** Also read by public/appearance.js, before the page is drawn. */
const storageKey = 'decay.preferences';

interface Kept {
  readonly theme: Theme;
  readonly size: Size;
  /** The set-up side is folded away. */
  readonly folded: boolean;
  /** Percent of the workbench's width that the code has beside the results. */
  readonly split: number;
  /** The key `?` opens the help. A key without Ctrl can be pressed by speech or by mistake, so it can be switched off. */
  readonly helpKey: boolean;
  /** Names of what was shown once and need not be shown again, such as the tour. */
  readonly seen: readonly string[];
}

const first: Kept = {
  theme: 'system',
  size: 'normal',
  folded: false,
  split: 50,
  helpKey: true,
  seen: [],
};

/** How a person wants the page to be; remembered where the browser allows it, else until the page is closed. */
export class Preferences {
  readonly #window: Window;
  #kept = $state.raw<Kept>(first);
  #systemDark = $state(false);

  constructor(window: Window) {
    this.#window = window;
    this.#kept = parse(read(window));
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    this.#systemDark = dark.matches;
    dark.addEventListener('change', () => (this.#systemDark = dark.matches));
    // A second tab that changes a preference changes it here too.
    window.addEventListener('storage', ({ key }) => {
      if (key === storageKey) this.#kept = parse(read(window));
      this.#apply();
    });
    this.#apply();
  }

  get theme(): Theme {
    return this.#kept.theme;
  }
  set theme(theme: Theme) {
    this.#change({ theme });
  }
  /** True when dark colours are in force, whoever asked for them. */
  get dark(): boolean {
    return this.theme === 'dark' || (this.theme === 'system' && this.#systemDark);
  }
  get size(): Size {
    return this.#kept.size;
  }
  set size(size: Size) {
    this.#change({ size });
  }
  get folded(): boolean {
    return this.#kept.folded;
  }
  set folded(folded: boolean) {
    this.#change({ folded });
  }

  get split(): number {
    return this.#kept.split;
  }
  set split(split: number) {
    this.#change({ split });
  }

  get helpKey(): boolean {
    return this.#kept.helpKey;
  }
  set helpKey(helpKey: boolean) {
    this.#change({ helpKey });
  }

  hasSeen(name: string): boolean {
    return this.#kept.seen.includes(name);
  }
  markSeen(name: string): void {
    if (!this.hasSeen(name)) this.#change({ seen: [...this.#kept.seen, name] });
  }

  #change(changed: Partial<Kept>): void {
    this.#kept = { ...this.#kept, ...changed };
    this.#apply();
    try {
      this.#window.localStorage.setItem(storageKey, JSON.stringify(this.#kept));
    } catch {
      // Storage is denied or full: the choice holds for this visit.
    }
  }

  #apply(): void {
    const { dataset } = this.#window.document.documentElement;
    const { theme, size } = this.#kept;
    if (theme === 'system') delete dataset['theme'];
    else dataset['theme'] = theme;
    if (size === 'normal') delete dataset['size'];
    else dataset['size'] = size;
  }
}

function read(window: Window): string | null {
  try {
    return window.localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

/** What is damaged or unknown is as on the first visit. */
function parse(text: string | null): Kept {
  let value: unknown;
  try {
    value = JSON.parse(text ?? '{}');
  } catch {
    return first;
  }
  if (typeof value !== 'object' || value === null) return first;
  const { theme, size, folded, split, helpKey, seen } = value as Partial<Record<keyof Kept, unknown>>;
  return {
    theme: themes.find((known) => known === theme) ?? first.theme,
    size: sizes.find((known) => known === size) ?? first.size,
    folded: folded === true,
    split: typeof split === 'number' && split >= 25 && split <= 75 ? split : first.split,
    helpKey: helpKey !== false,
    seen: Array.isArray(seen) ? seen.filter((name): name is string => typeof name === 'string') : [],
  };
}
