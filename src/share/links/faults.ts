/** Why a link or a file cannot be opened, or not be run as it is. */
export type LinkFault =
  /** The text after the `#` is no link of ours at all. */
  | { code: 'not-a-link' }
  | { code: 'damaged'; detail: string }
  | { code: 'tampered' }
  /** Made by a later version: of the link's form (`r2`), of its content, or with a field that this one lacks. */
  | { code: 'too-new'; what: string }
  | { code: 'oversized'; what: 'text' | 'content' | 'files' | 'runs'; most: string }
  /** References whose text the link counts on, and that this version does not have, or has otherwise. */
  | {
      code: 'unknown-reference';
      references: readonly { id: string; reason: 'missing' | 'changed' | 'unavailable' }[];
    }
  /** A task, a version of the tasks, or a version of the suite that this version does not have. */
  | { code: 'unknown-version'; what: 'task' | 'task-version' | 'suite'; claimed: string; known: string };

/** Thrown inside; the functions that open return the fault. */
export class LinkError extends Error {
  override readonly name = 'LinkError';
  constructor(readonly fault: LinkFault) {
    super(describeFault(fault));
  }
}

export const damaged = (detail: string): LinkError => new LinkError({ code: 'damaged', detail });

/** One sentence that says what is wrong, and one that says what to do. */
export function describeFault(fault: LinkFault, thing: 'link' | 'file' = 'link'): string {
  const again =
    thing === 'link'
      ? 'Copy the whole address again; if it came by mail or chat, it may have been cut off: ask for the file instead.'
      : 'Ask for the file again.';
  switch (fault.code) {
    case 'not-a-link':
      return thing === 'link'
        ? 'This address holds no run. A link to a run has #r1. in it.'
        : 'This file holds no run. Choose a file that was saved here, ending in .decay.json or .decay.json.gz.';
    case 'damaged':
      return `This ${thing} is damaged: ${fault.detail}. ${again}`;
    case 'tampered':
      return (
        `This ${thing} was changed after it was made: its content does not fit its check sum. ` +
        'What it says is shown and not to be trusted; look at the files before you run them.'
      );
    case 'too-new':
      return (
        `This ${thing} was made by a later version of the playground (${fault.what}). ` +
        `Reload the page to get the newest version, or open the ${thing} where it was made.`
      );
    case 'oversized':
      return oversized(fault.what, fault.most, thing);
    case 'unknown-reference':
      return unknownReference(fault.references, thing);
    case 'unknown-version':
      return unknownVersion(fault, thing);
  }
}

function oversized(what: 'text' | 'content' | 'files' | 'runs', most: string, thing: string): string {
  const limit = {
    text: `This ${thing} is longer than ${most}`,
    content: `The content of this ${thing} is larger than ${most}`,
    files: `The files in this ${thing} are beyond the limits: ${most}`,
    runs: `This ${thing} holds more than ${most} runs`,
  }[what];
  return `${limit}. ${thing === 'link' ? 'Share the run as a file.' : 'Share the submission as a zip.'}`;
}

function unknownReference(
  references: readonly { id: string; reason: 'missing' | 'changed' | 'unavailable' }[],
  thing: string,
): string {
  const why = {
    missing: 'which this version does not have',
    changed: 'whose text has changed since',
    unavailable: 'which could not be loaded (try again when you are online)',
  };
  const names = references.map(({ id, reason }) => `${id}, ${why[reason]}`);
  return (
    `This ${thing} borrows text from the reference ${names.join('; and from ')}. The verdict is shown as claimed, ` +
    `the files cannot be shown or run. Open it in the version that made it, or ask for the run as a file.`
  );
}

function unknownVersion(
  { what, claimed, known }: Extract<LinkFault, { code: 'unknown-version' }>,
  thing: string,
): string {
  if (what === 'task') {
    return `This ${thing} is about the task "${claimed}", which this version does not have. Reload the page to get the newest version.`;
  }
  const name = what === 'suite' ? 'the suite' : 'the tasks';
  return (
    `This ${thing} was made with ${name} ${claimed}; this version has ${known}. ` +
    'It is shown as claimed; a run of today is not comparable with it.'
  );
}
