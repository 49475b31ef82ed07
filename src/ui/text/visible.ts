/** Text from a submission or its server, made safe to look at. It is only ever put into text nodes. */

/** The most characters of one text that go into the page. */
export const maxShown = 20_000;

const escapeCharacter = String.fromCharCode(0x1b);
const colourSequence = new RegExp(`${escapeCharacter}\\[[0-9;:]*m`, 'g');
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

function symbol(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code === 0x0a || code === 0x09) return character;
  return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`;
}

/** Control, formatting and bidirectional characters as their code points; line breaks and tabs stay. */
export function visibleText(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(invisible, symbol);
}

/** The first `most` characters, and how many more there are. */
function capped(text: string, most = maxShown): { text: string; more: number } {
  return text.length <= most ? { text, more: 0 } : { text: text.slice(0, most), more: text.length - most };
}

/** Visible and capped, with a closing remark when something was cut. */
export function shown(text: string, most = maxShown): string {
  const { text: start, more } = capped(text, most);
  const visible = visibleText(start);
  if (more === 0) return visible;
  return `${visible}… (${more.toLocaleString('en')} more ${more === 1 ? 'character' : 'characters'})`;
}

/** The most characters of one console line that are shown. */
const consoleLine = 1_000;

/** One line of output: without terminal colours and a closing carriage return. */
export function consoleText(text: string): string {
  return shown(
    text
      .slice(0, consoleLine * 4)
      .replace(colourSequence, '')
      .replace(/\r$/, ''),
    consoleLine,
  );
}
