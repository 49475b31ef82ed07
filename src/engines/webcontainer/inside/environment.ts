/** Names by which the relay and the scripts that it loads into other processes know each other. */
export const files = {
  /** Where the page places the files of this folder; the relay moves it out of the way of the submission. */
  folder: '.playground-relay',
  relay: 'relay.cjs',
  /** Loaded into every Node process: the stand-ins for compiled add-ons. */
  addons: 'addons.cjs',
  /** A shell; placed only where there is none. */
  shell: 'shell.cjs',
  reports: 'reports.jsonl',
} as const;

/** Variables of the relay's own process; its children do not see them. */
export const relayVariables = {
  /** `own` uses our shell even where there is a bash. */
  shell: 'PLAYGROUND_RELAY_SHELL',
  /** Set for children: the file for reports. */
  reports: 'PLAYGROUND_RELAY_REPORTS',
} as const;
