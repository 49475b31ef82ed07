/** A command line split into its options and the rest. */
export interface Arguments {
  readonly rest: readonly string[];
  /** The value of the first of these options that is given: `--app x`, `--app=x`, `-c x`. */
  option(...names: string[]): string | undefined;
}

/**
 * @param flags options without a value; all others that begin with `-` take the next word, unless they hold `=`
 * @param stop whether the first word that is no option ends the options, as for interpreters
 */
export function readArguments(words: readonly string[], flags: ReadonlySet<string>, stop = false): Arguments {
  const options = new Map<string, string>();
  const rest: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (!word.startsWith('-') || word === '-') {
      rest.push(word);
      if (!stop) continue;
      rest.push(...words.slice(index + 1));
      break;
    }
    const equals = word.indexOf('=');
    if (equals !== -1) options.set(word.slice(0, equals), word.slice(equals + 1));
    else if (flags.has(word)) options.set(word, '');
    else options.set(word, words[++index] ?? '');
  }
  return {
    rest,
    option: (...names) => names.map((name) => options.get(name)).find((value) => value !== undefined),
  };
}
