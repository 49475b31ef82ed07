import type { Manifest } from './manifest.ts';

/** npm's commands that a mistyped script is most often near to, with what npm's help says of each. */
const commands: Readonly<Record<string, string>> = {
  ci: 'Clean install a project',
  help: 'Get help on npm',
  init: 'Create a package.json file',
  install: 'Install a package',
  ls: 'List installed packages',
  restart: 'Restart a package',
  star: 'Mark your favorite packages',
  stars: 'View packages marked as favorites',
  start: 'Start a package',
  stop: 'Stop a package',
  test: 'Test a package',
  view: 'View registry info',
};

/** What npm adds to its refusal of a script that is not there. */
export function didYouMean({ scripts, bin }: Manifest, word: string): string[] {
  const near = (other: string) => distance(word, other) < word.length * 0.4;
  const binaries = typeof bin === 'object' ? Object.keys(bin) : [];
  const best = [
    ...Object.entries(commands).flatMap(([name, what]) =>
      near(name) && name !== word ? [`  npm ${name} # ${what}`] : [],
    ),
    ...Object.keys(scripts ?? {}).flatMap((name) =>
      near(name) && !/^(pre|post)/.test(name) ? [`  npm run ${name} # run the "${name}" package script`] : [],
    ),
    ...binaries.flatMap((name) =>
      near(name)
        ? [`  npm exec ${name} # run the "${name}" command from either this or a remote npm package`]
        : [],
    ),
  ];
  if (best.length === 0) return [];
  return ['', best.length === 1 ? 'Did you mean this?' : 'Did you mean one of these?', ...best.slice(0, 3)];
}

/** Levenshtein's distance; words longer than a name can be are not compared. */
function distance(a: string, b: string): number {
  if (a.length > 214 || b.length > 214) return Infinity;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? Infinity;
}
