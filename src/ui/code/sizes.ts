/** Characters beyond which the editor would hold up the page; such a file is shown as plain text. */
export const mostEdited = 1_000_000;

/** Characters beyond which even a plain field would; only the beginning of such a file is shown. */
export const mostPlain = 1_000_000;
