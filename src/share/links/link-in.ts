/**
 * The fragment `#r1.…` in what a chat, a mail or a person has handed on: an address, a fragment, or its text alone. Chats
 * encode characters, mails break long lines, trackers append parameters, and sentences end behind an address; none of that
 * is part of a link.
 * @returns undefined when there is no link in it; a link that was cut off after its form is one, and damaged
 */
export function linkIn(text: string): string | undefined {
  const found = /(?:^|#)(r\d{1,4})(?:\.([^]*))?$/.exec(decoded(text.trim()));
  if (found === null) return undefined;
  const [, form = '', content = ''] = found;
  const [own = ''] = content.split(/[&?]/, 1);
  const whole = own.replace(/[\s\p{Cf}]/gu, '');
  // By hand: a pattern for the end of a text looks from each of its places.
  let end = whole.length;
  while (end > 0 && !/[\w-]/.test(whole[end - 1] ?? '')) end--;
  return `#${form}.${whole.slice(0, end)}`;
}

/** Without percent-encoding; as it is when that is broken. */
function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
