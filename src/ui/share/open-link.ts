/** The shape of a link to a run, of any version, wherever it stands in what was pasted. */
const pattern = /#r\d{1,4}\.[\w-]*/;

/**
 * The fragment of a link to a run in a text: in a whole address, or on its own. Nothing is opened; to open it, go to it as
 * the address of the page: `location.hash = …`.
 * @returns `#r1.…`; undefined when the text has none
 */
export function linkIn(text: string): string | undefined {
  // A mail program breaks long lines, and a link has no blanks.
  return pattern.exec(text.replace(/\s+/g, ''))?.[0];
}
