/** Words of the buttons that open the sharing dialog; part of the first load. */
export const shareButtonText = {
  share: 'Share',
  permalink: 'Link to this assertion',
  unavailable: 'There is something to share once the run has a verdict',
} as const;
