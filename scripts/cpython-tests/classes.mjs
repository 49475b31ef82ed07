/** Why a test may fail that passes on CPython 3.12; the first rule whose patterns fit the test's name and error holds. */
const rules = [
];

/**
 * @param {string} name of a test
 * @param {{ how: string, why: string }} outcome
 * @returns {{ kind: 'version' | 'refused' | 'engine', reason: string }} `engine`: a fault
 */
export function classify(name, { how, why }) {
  const rule = rules.find(
    (each) => (each.name?.test(name) ?? true) && (each.why?.test(why) ?? true) && (each.how ?? how) === how,
  );
  return rule ?? { kind: 'engine', reason: how === 'failed' ? 'a fault' : how };
}
