import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { Preferences } from './preferences.svelte.ts';

interface Fake {
  window: Window;
  dataset: Record<string, string>;
  kept: Map<string, string>;
}

/** As much of a window as preferences use. */
function fake(kept = new Map<string, string>(), denied = false): Fake {
  const dataset: Record<string, string> = {};
  const deny = (): void => {
    if (denied) throw new DOMException('denied', 'SecurityError');
  };
  const localStorage = {
    getItem: (key: string) => (deny(), kept.get(key) ?? null),
    setItem: (key: string, value: string) => (deny(), void kept.set(key, value)),
  };
  const window = {
    document: { documentElement: { dataset } },
    localStorage,
    matchMedia: () => ({ matches: true, addEventListener: () => undefined }),
    addEventListener: () => undefined,
  };
  return { window: window as unknown as Window, dataset, kept };
}

it('is worn by the page at once and remembered', () => {
  const { window, dataset, kept } = fake();
  const preferences = new Preferences(window);
  expect(preferences).toMatchObject({ theme: 'system', size: 'normal', folded: false, dark: true });
  preferences.theme = 'light';
  preferences.size = 'large';
  preferences.folded = true;
  preferences.split = 60;
  preferences.helpKey = false;
  preferences.markSeen('tour');
  expect(dataset).toEqual({ theme: 'light', size: 'large' });
  expect(preferences.dark).toBe(false);
  const later = new Preferences(fake(kept).window);
  expect(later).toMatchObject({ theme: 'light', size: 'large', folded: true, split: 60, helpKey: false });
  expect(later.hasSeen('tour')).toBe(true);
  later.theme = 'system';
  expect(new Preferences(fake(kept).window).theme).toBe('system');
});

it('lasts for the visit where storage is denied', () => {
  const { window, dataset } = fake(new Map(), true);
  const preferences = new Preferences(window);
  preferences.theme = 'dark';
  expect(dataset).toEqual({ theme: 'dark' });
});

it('takes a damaged entry for a first visit', () => {
  for (const bad of ['', '{', 'null', '[]', '7', '{"theme":"<b>","size":3,"split":1e9,"seen":[1,"tour"]}']) {
    const { window } = fake(new Map([['decay.preferences', bad]]));
    expect(new Preferences(window), bad).toMatchObject({
      theme: 'system',
      size: 'normal',
      folded: false,
      split: 50,
      helpKey: true,
    });
  }
});

it('agrees with the script that runs before the page is drawn', () => {
  const script = readFileSync(new URL('../../../public/appearance.js', import.meta.url), 'utf8');
  const early = (from: Fake): Record<string, string> => {
    const { dataset } = from;
    runInNewContext(script, { localStorage: from.window.localStorage, document: from.window.document });
    return { ...dataset };
  };
  const { window, dataset, kept } = fake();
  const preferences = new Preferences(window);
  for (const theme of ['dark', 'light', 'system'] as const) {
    for (const size of ['large', 'normal'] as const) {
      preferences.theme = theme;
      preferences.size = size;
      expect(early(fake(kept))).toEqual(dataset);
    }
  }
  expect(early(fake(new Map(), true))).toEqual({});
  expect(early(fake(new Map([['decay.preferences', '{"theme":"<b>"}']])))).toEqual({});
});
