/** An assertion, or a request, that the contract does not support. */
export interface Finding {
  /** Id of the assertion, or of the step when its request is at fault. */
  assertion: string;
  /**
   * What found it: `pointers`, the place it points to carries nothing; `requests`, the contract does not promise the answer
   * to this request; `shapes`, an answer that fits its schema fails; `liberties`, a server that keeps the contract fails.
   */
  check: 'pointers' | 'requests' | 'shapes' | 'liberties';
  reason: string;
  /** The first seed with which it was seen; left out when it does not depend on one. */
  seed?: number;
  /** With how many seeds it was seen. */
  seeds?: number;
}

export interface FairnessReport {
  suite: { id: string; version: string };
  contract: string;
  assertions: number;
  seeds: readonly number[];
  /** One for each assertion and check, in the order of the suite; empty for a fair suite. */
  unsupported: readonly Finding[];
}

/** One finding for each assertion and check: the first, with the number of seeds. */
export function gather(findings: readonly Finding[]): Finding[] {
  const gathered = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.assertion} ${finding.check}`;
    const known = gathered.get(key);
    if (known === undefined)
      gathered.set(key, { ...finding, ...(finding.seed !== undefined && { seeds: 1 }) });
    else if (known.seeds !== undefined && known.seed !== finding.seed) known.seeds += 1;
  }
  return [...gathered.values()];
}
