/** Reasoning in tags: what a model writes for itself is not its answer, files in it are drafts. */

const opening = /^\s*<(think|thinking|thoughts?|reasoning|analysis|scratchpad|reflection)>/i;

/** The tag that begins reasoning in this line, with what follows it. */
export function opensThought(line: string): { name: string; rest: string } | undefined {
  const [whole, name] = opening.exec(line.slice(0, 200)) ?? [];
  return whole === undefined || name === undefined ? undefined : { name, rest: line.slice(whole.length) };
}

/** What follows the end of reasoning in this line; undefined when it does not end here. */
export function afterThought(line: string, name: string): string | undefined {
  const close = `</${name.toLowerCase()}>`;
  const at = line.toLowerCase().indexOf(close);
  return at === -1 ? undefined : line.slice(at + close.length);
}

/** What follows an end of reasoning whose beginning a server kept to itself; undefined when there is none. */
export function afterLoneThought(line: string): string | undefined {
  return line.includes('</think')
    ? (afterThought(line, 'think') ?? afterThought(line, 'thinking'))
    : undefined;
}
