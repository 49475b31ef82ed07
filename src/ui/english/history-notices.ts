/** What the history says while no one looks at it; part of the first load. */
export const historyNotices = {
  notKept: (why: string) =>
    `A run could not be kept in the history (${why}). Save it as a file: press Share beside its verdict.`,
};
