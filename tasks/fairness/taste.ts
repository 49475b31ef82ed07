import type { Random } from './random.ts';

/** What one server does its own way wherever the contract leaves it open. Fixed for a server by its seed. */
export interface Taste {
  /** Adds properties of its own to objects. */
  extras: boolean;
  shuffledProperties: boolean;
  /** Of times: minutes of offset from UTC, digits of the fraction, and how UTC itself is written. */
  offsetMinutes: number;
  fractionDigits: number;
  utc: 'Z' | 'z' | '+00:00';
  slugs: 'plain' | 'suffix' | 'prefix' | 'spaced';
  tokens: 'jwt' | 'opaque';
  /** Gives a new token with every answer that has one. */
  freshTokens: boolean;
  /** A change of the user ends the tokens given before. */
  endsOldTokens: boolean;
  ids: 'next' | 'high' | 'scattered' | 'negative';
  mediaType: string;
  headerCase: 'lower' | 'upper' | 'title';
  furtherErrors: boolean;
  /** Names one wrong field only, when there are several. */
  oneErrorOnly: boolean;
  /** What a token that is not valid gets where none is required. */
  invalidToken: 'refused' | 'stranger';
  /** What a limit or an offset gets that is no such number. */
  badNumber: 'refused' | 'ignored';
  ownFollow: 'refused' | 'taken';
  notJson: 400 | 415 | 422;
  distinctTags: boolean;
  /** Refuses texts that the contract does not promise to take. */
  strict: boolean;
  /** Lets marks move the time of the last change. */
  marksAreChanges: boolean;
}

export function inventTaste(random: Random): Taste {
  const either = () => random.chance(0.5);
  return {
    extras: either(),
    shuffledProperties: either(),
    offsetMinutes: random.pick([0, 0, 60, 330, -480, 765]),
    fractionDigits: random.pick([3, 4, 6, 9]),
    utc: random.pick(['Z', 'z', '+00:00']),
    slugs: random.pick(['plain', 'suffix', 'prefix', 'spaced']),
    tokens: random.pick(['jwt', 'opaque']),
    freshTokens: either(),
    endsOldTokens: either(),
    ids: random.pick(['next', 'high', 'scattered', 'negative']),
    mediaType: random.pick([
      'application/json',
      'application/json; charset=utf-8',
      'application/json;charset=UTF-8',
      'Application/JSON; profile="x"',
    ]),
    headerCase: random.pick(['lower', 'upper', 'title']),
    furtherErrors: either(),
    oneErrorOnly: either(),
    invalidToken: random.pick(['refused', 'stranger']),
    badNumber: random.pick(['refused', 'ignored']),
    ownFollow: random.pick(['refused', 'taken']),
    notJson: random.pick([400, 415, 422]),
    distinctTags: either(),
    strict: either(),
    marksAreChanges: either(),
  };
}
