/** What the history says outside of its own view; part of the first load. */
export const historyNotices = {
  notKept: (why: string) =>
    `A run could not be kept in the history (${why}). Save it as a file: press Share beside its verdict.`,
  back: 'All runs',
  opening: 'The run is being read.',
};
