import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');

/** The custom properties of the block that starts with this selector. */
function block(selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`);
  if (start < 0) throw new Error(`tokens.css has no ${selector}`);
  const text = css.slice(css.indexOf('{', start) + 1, css.indexOf('}', start));
  return new Map(
    [...text.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name ?? '', value ?? '']),
  );
}

const light = block(':root');
const dark = block(":root[data-theme='dark']");

/** Relative luminance of a colour written as #rrggbb (WCAG 2.2, "relative luminance"). */
function luminance(colour: string): number {
  const channels = /^#(..)(..)(..)$/.exec(colour)?.slice(1);
  if (channels === undefined) throw new Error(`${colour} is not #rrggbb`);
  const [r = 0, g = 0, b = 0] = channels.map((hex) => {
    const value = Number.parseInt(hex, 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio, 1 to 21 (WCAG 2.2, "contrast ratio"). */
function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const surfaces = ['--page', '--surface', '--sunken'];
const texts = ['--ink', '--ink-soft', '--accent', '--pass', '--fail', '--warn'];
const named = (start: string): string[] => [...light.keys()].filter((name) => name.startsWith(start));

/** [foreground, background, least contrast] */
const pairs: [string, string, number][] = [
  ...texts.flatMap((text) => surfaces.map((surface): [string, string, number] => [text, surface, 4.5])),
  ...['accent', 'pass', 'fail', 'warn'].flatMap((name): [string, string, number][] => [
    [`--${name}`, `--${name}-soft`, 4.5],
    ['--ink', `--${name}-soft`, 4.5],
    ['--ink-soft', `--${name}-soft`, 4.5],
  ]),
  ['--accent-ink', '--accent', 4.5],
  ...[...surfaces, '--accent-soft'].map((surface): [string, string, number] => ['--control', surface, 3]),
  ...['--code-', '--ansi-'].flatMap(named).flatMap((text): [string, string, number][] => [
    [text, '--surface', 4.5],
    [text, '--sunken', 4.5],
  ]),
  ...named('--series-').map((line): [string, string, number] => [line, '--surface', 3]),
];

describe.each([
  ['light', light],
  ['dark', new Map([...light, ...dark])],
])('in %s', (_, tokens) => {
  it.each(pairs)('%s on %s has a contrast of at least %d', (front, back, least) => {
    expect(contrast(tokens.get(front) ?? '', tokens.get(back) ?? '')).toBeGreaterThanOrEqual(least);
  });
});

it('has the same dark colours for the system and for the choice', () => {
  expect(block(":root:not([data-theme='light'])")).toEqual(dark);
});

it('redefines in dark every colour of light, but for those of QR codes, which scanners want as they are', () => {
  const colours = [...light]
    .filter(([name, value]) => /#|rgb/.test(value) && !name.startsWith('--qr-'))
    .map(([name]) => name);
  expect([...dark.keys()].sort()).toEqual(colours.sort());
});
