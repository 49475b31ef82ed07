import { visibleText } from '../text/visible.ts';

/** What open files are called: by their names; where several have the same one, with the folder. */
export function tabLabels(paths: readonly string[]): readonly string[] {
  const ends = paths.map((path) => path.split('/').slice(-2));
  const names = ends.map((end) => end.at(-1) ?? '');
  return ends.map((end, index) => {
    const shared = names.filter((name) => name === names[index]).length > 1;
    return visibleText(shared ? end.join('/') : (names[index] ?? ''));
  });
}
