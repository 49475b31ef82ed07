/** Colours and weights that programs write for a terminal. */

export const ansiColours = ['red', 'green', 'yellow', 'blue', 'magenta', 'cyan'] as const;

export interface AnsiStyle {
  readonly colour?: (typeof ansiColours)[number];
  readonly bold?: true;
  readonly dim?: true;
  readonly italic?: true;
  readonly underline?: true;
}

/** Text from `from` on has this style, until the next one. */
export interface AnsiRun {
  readonly from: number;
  readonly style: AnsiStyle;
}

const escapeCharacter = String.fromCharCode(0x1b);
/** Control sequences: colours end with `m`, the others move the cursor or erase, which a list of lines cannot show. */
const sequence = new RegExp(`${escapeCharacter}\\[([0-9;:?<=>]{0,64})[ -/]{0,4}([@-~])`, 'g');

const plain: AnsiStyle = {};

/**
 * Takes the control sequences out of a line.
 * @returns the text without them, and where which style begins
 */
export function readAnsi(line: string): { text: string; runs: readonly AnsiRun[] } {
  if (!line.includes(escapeCharacter)) return { text: line, runs: [] };
  let text = '';
  let last = 0;
  let style = plain;
  const runs: AnsiRun[] = [];
  for (const match of line.matchAll(sequence)) {
    text += line.slice(last, match.index);
    last = match.index + match[0].length;
    if (match[2] !== 'm') continue;
    style = restyle(style, match[1] ?? '');
    runs.push({ from: text.length, style });
  }
  return { text: text + line.slice(last), runs };
}

function restyle(before: AnsiStyle, parameters: string): AnsiStyle {
  const codes = parameters.split(/[;:]/).map(Number);
  let style = before;
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? 0;
    // 38 and 48 take an entry of the palette (5;n) or a colour (2;r;g;b); its own colours cannot keep their contrast here.
    if (code === 38 || code === 48) {
      const palette = codes[at + 1] === 5;
      const entry = codes[at + 2] ?? -1;
      if (palette && code === 38) style = coloured(style, entry >= 0 && entry < 16 ? entry % 8 : undefined);
      at += palette ? 2 : 4;
    } else style = apply(style, code);
  }
  return style;
}

function apply(style: AnsiStyle, code: number): AnsiStyle {
  const { colour: _colour, ...uncoloured } = style;
  switch (code) {
    case 0:
      return plain;
    case 1:
      return { ...style, bold: true };
    case 2:
      return { ...style, dim: true };
    case 3:
      return { ...style, italic: true };
    case 4:
      return { ...style, underline: true };
    case 22: {
      const { bold: _bold, dim: _dim, ...rest } = style;
      return rest;
    }
    case 23: {
      const { italic: _italic, ...rest } = style;
      return rest;
    }
    case 24: {
      const { underline: _underline, ...rest } = style;
      return rest;
    }
    case 39:
      return uncoloured;
    default:
      if (code >= 30 && code <= 37) return coloured(style, code - 30);
      if (code === 90) return { ...uncoloured, dim: true };
      return code >= 91 && code <= 97 ? coloured(style, code - 90) : style;
  }
}

/** Black and white stay the colour of the text: which of them can be read depends on the theme. */
function coloured({ colour: _colour, ...rest }: AnsiStyle, entry: number | undefined): AnsiStyle {
  const colour = entry === undefined ? undefined : ansiColours[entry - 1];
  return colour === undefined ? rest : { ...rest, colour };
}
