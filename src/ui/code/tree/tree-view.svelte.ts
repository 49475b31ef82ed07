import { SvelteMap } from 'svelte/reactivity';
import { foldersAbove, placesOf, rowsOf, treeOf, type TreeRow } from './file-tree.ts';

/** A tree of more files than this starts with its folders closed. */
const openedAtFirst = 150;
/** Letters typed within this time are one word to look for. */
const typeAheadMs = 700;

/** What a key in the tree asks for. */
export type TreeCommand = 'open' | 'moved' | 'rename' | 'delete' | undefined;

/** Which lines of a file tree are visible, and which of them the keyboard is on. */
export class TreeView {
  readonly #paths: () => readonly string[];
  readonly #now: () => number;
  /** Folders that a person opened or closed. */
  readonly #toggled = new SvelteMap<string, boolean>();
  #filter = $state('');
  #current = $state<string | undefined>();
  #typed = { text: '', at: -Infinity };

  readonly #matching = $derived.by(() => {
    const wanted = this.#filter.trim().toLowerCase();
    const paths = this.#paths();
    return wanted === '' ? paths : paths.filter((path) => path.toLowerCase().includes(wanted));
  });
  readonly #nodes = $derived(treeOf(this.#matching));
  readonly #rows = $derived.by(() => {
    const all = this.#filter.trim() !== '' || this.#matching.length <= openedAtFirst;
    return rowsOf(this.#nodes, (path) => this.#toggled.get(path) ?? all);
  });
  readonly #index = $derived(placesOf(this.#rows));

  constructor(paths: () => readonly string[], now: () => number = () => performance.now()) {
    this.#paths = paths;
    this.#now = now;
  }

  get rows(): readonly TreeRow[] {
    return this.#rows;
  }
  /** Part of a path that a file must have to be listed. */
  get filter(): string {
    return this.#filter;
  }
  set filter(text: string) {
    this.#filter = text;
  }
  /** The line that the keyboard is on. */
  get current(): TreeRow | undefined {
    return this.#rows[this.currentIndex];
  }
  get currentIndex(): number {
    return (this.#current === undefined ? undefined : this.#index.get(this.#current)) ?? 0;
  }

  select(path: string): void {
    this.#current = path;
  }

  /** Opens the folders above a file and goes to it. */
  show(path: string): void {
    for (const folder of foldersAbove(path)) this.#toggled.set(folder, true);
    this.#current = path;
  }

  toggle(path: string): void {
    const row = this.#rows[this.#index.get(path) ?? -1];
    if (row?.folder === true) this.#toggled.set(path, !row.expanded);
  }

  /** The keys of the tree view pattern of the ARIA authoring guide, and F2 and Delete. */
  press(key: string): TreeCommand {
    const row = this.current;
    if (row === undefined) return undefined;
    const at = this.currentIndex;
    switch (key) {
      case 'ArrowDown':
        return this.#go(Math.min(at + 1, this.#rows.length - 1));
      case 'ArrowUp':
        return this.#go(Math.max(at - 1, 0));
      case 'Home':
        return this.#go(0);
      case 'End':
        return this.#go(this.#rows.length - 1);
      case 'ArrowRight':
        if (!row.folder) return 'moved';
        if (row.expanded) return this.#go(at + 1);
        this.toggle(row.path);
        return 'moved';
      case 'ArrowLeft': {
        if (row.expanded) this.toggle(row.path);
        else this.#go(this.#index.get(foldersAbove(row.path).at(-1) ?? row.path) ?? at);
        return 'moved';
      }
      case '*':
        for (const sibling of this.#rows)
          if (sibling.folder && sibling.level === row.level) this.#toggled.set(sibling.path, true);
        return 'moved';
      case 'Enter':
      case ' ':
        if (!row.folder) return 'open';
        this.toggle(row.path);
        return 'moved';
      case 'F2':
        return 'rename';
      case 'Delete':
        return 'delete';
      default:
        return [...key].length === 1 ? this.#type(key) : undefined;
    }
  }

  #go(index: number): TreeCommand {
    this.#current = this.#rows[index]?.path;
    return 'moved';
  }

  /** Goes to the next line whose name starts with what was typed just now. */
  #type(letter: string): TreeCommand {
    const now = this.#now();
    const text = (now - this.#typed.at > typeAheadMs ? '' : this.#typed.text) + letter.toLowerCase();
    this.#typed = { text, at: now };
    const { length } = this.#rows;
    // A first letter goes on from here; further ones may still mean the line that was reached.
    const from = this.currentIndex + (text.length === 1 ? 1 : 0);
    for (let step = 0; step < length; step++) {
      const index = (from + step) % length;
      if (this.#rows[index]?.name.toLowerCase().startsWith(text) === true) return this.#go(index);
    }
    return 'moved';
  }
}
