import type { Mutant } from './types.ts';

/** Mutants whose change no suite may see, because the contract leaves it free or no request leads there. */
export interface Equivalent {
  readonly reason: string;
  /** Id and description; both have to fit, so that an entry never stands for another mutant. */
  readonly mutants: readonly (readonly [id: string, what: string])[];
}

export const equivalents: readonly Equivalent[] = [
  {
    reason: 'Without a token there is nothing to verify: the next line throws, and the caller stays unknown.',
    mutants: [['logical:auth-identify:3', "scheme === 'Token' && token → scheme === 'Token'"]],
  },
  {
    reason: 'The caller is unknown already.',
    mutants: [['drop-statement:auth-identify:2', 'req.user = undefined; is left out']],
  },
  {
    reason:
      'The suite sends no body that is not JSON: the contract leaves what such a body gets to the server.',
    mutants: [
      [
        'negate:errors-handleerror:3',
        "error.type === 'entity.parse.failed' → !(error.type === 'entity.parse.failed')",
      ],
      ['status:errors-handleerror:1', '422 → 400'],
      ['status:errors-handleerror:2', '422 → 409'],
      ['drop-property:errors-handleerror:2', "errors: { body: ['is not valid JSON'] } is left out"],
      ['null-property:errors-handleerror:2', "errors: { body: ['is not valid JSON'] } → errors: null"],
    ],
  },
  {
    reason: 'Nothing fails inside of the reference: no request gets a 500.',
    mutants: [
      ['drop-property:errors-handleerror:3', "errors: { server: ['failed'] } is left out"],
      ['null-property:errors-handleerror:3', "errors: { server: ['failed'] } → errors: null"],
    ],
  },
  {
    reason: 'A limit or an offset that is no such number gets what the server likes (rule page-numbers).',
    mutants: [
      ['off-by-one:articles-answerlist:4', '1 → 0'],
      [
        'logical:validation-readnumber:1',
        'value !== undefined && Number.isInteger(number) && number >… → (value !== undefined && Number.isInteger(number)) || number…',
      ],
      ['logical:validation-readnumber:2', '…er.isInteger(number) && number >= least → …er.isInteger(number)'],
      [
        'logical:validation-readnumber:3',
        'value !== undefined && Number.isInteger(number) → (value !== undefined) || Number.isInteger(number)',
      ],
      [
        'logical:validation-readnumber:4',
        'value !== undefined && Number.isInteger(number) → value !== undefined',
      ],
    ],
  },
  {
    reason: 'What was not given is no integer either.',
    mutants: [
      [
        'logical:validation-readnumber:5',
        'value !== undefined && Number.isInteger(number) → Number.isInteger(number)',
      ],
    ],
  },
  {
    reason: 'An offset of 0 that is refused becomes the default, which is 0.',
    mutants: [['off-by-one:articles-answerlist:6', '0 → 1']],
  },
  {
    reason:
      'Who has just written something sees it as a stranger does: nobody marked it, and following oneself is free.',
    mutants: [
      ['drop-viewer:articles-post:1', 'req.user → undefined'],
      ['drop-viewer:comments-post:1', 'req.user → undefined'],
    ],
  },
  {
    reason: 'The same check follows after the password is hashed; this one only spares the work.',
    mutants: [['drop-statement:users-post-users:1', 'requireUnused({ username, email }); is left out']],
  },
  {
    reason: 'The form of slugs is free (rule free): these are others, and still unique.',
    mutants: [
      ['drop-call:store-slugify:1', "…(/[^a-z0-9]+/g, '-') .replace(/^-+|-+$/g, '') → …(/[^a-z0-9]+/g, '-')"],
      ['drop-call:store-slugify:3', "title .toLowerCase() .normalize('NFKD') → title .toLowerCase()"],
      ['drop-call:store-slugify:4', 'title .toLowerCase() → title'],
      ['off-by-one:store-freeslug:1', '2 → 3'],
      ['off-by-one:store-freeslug:2', '2 → 1'],
      ['off-by-one:store-freeslug:3', '1 → 2'],
    ],
  },
  {
    reason: 'The values of ids are free (rule free): these are others, and still unique and rising.',
    mutants: [
      ['off-by-one:store-lastid:1', '0 → 1'],
      ['off-by-one:store-nextid:1', '1 → 2'],
    ],
  },
  {
    reason: 'A set of nothing is empty, too.',
    mutants: [['drop-default:store-addarticle:1', 'tagList = [] → tagList']],
  },
  {
    reason: 'What a tag given twice becomes is free (rule tags-given).',
    mutants: [['drop-unique:store-addarticle:1', 'new Set(tagList) → tagList']],
  },
];

/** Why a mutant is equivalent; undefined when it has to be killed. */
export function whyEquivalent({ id, what }: Mutant): string | undefined {
  return equivalents.find(({ mutants }) => mutants.some((named) => named[0] === id && named[1] === what))
    ?.reason;
}

/** Entries that name no mutant of these. */
export function staleEquivalents(mutants: readonly Mutant[]): string[] {
  const there = new Set(mutants.map(({ id, what }) => `${id} | ${what}`));
  return equivalents
    .flatMap((entry) => entry.mutants.map(([id, what]) => `${id} | ${what}`))
    .filter((named) => !there.has(named));
}
