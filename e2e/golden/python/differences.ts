import type { Difference } from '../compare.ts';

/** Every accepted difference between the Python engine and real CPython 3.12. The test fails for one that no longer occurs. */
export const differences: readonly Difference[] = [
  {
    id: 'http-parser-words',
    where: 'apps/aiohttp-core',
    class: 'engine',
    part: ['stderr', 'request 44', 'request 45', 'request 46', 'request 48'],
    reason:
      "aiohttp's compiled HTTP parser is not there; its own parser in Python refuses the same requests with other words.",
  },
  {
    id: 'division-words',
    where: 'apps/fastapi-shop',
    class: 'version',
    embedded: [/"division by zero"/g, '"integer division or modulo by zero"'],
    reason: 'The words for an integer divided by zero have changed.',
  },
  {
    id: 'containers-probe',
    where: 'probes/stdlib/containers.py',
    class: 'open',
    part: ['stdout', 'stderr', 'exit code'],
    reason:
      '`singledispatch` does not see annotations of what it registers; texts of 3.14 for what cannot be hashed or found.',
  },
  {
    id: 'dates-probe',
    where: 'probes/stdlib/dates.py',
    class: 'open',
    part: ['stdout', 'stderr', 'exit code'],
    reason: 'zoneinfo finds no zones; texts of 3.14 for months and days out of range.',
  },
  {
    id: 'files-probe',
    where: 'probes/stdlib/files.py',
    class: 'open',
    part: ['stdout', 'stderr', 'exit code'],
    reason: '`os.link` is missing; new files have the mode 666, whatever umask says.',
  },
  {
    id: 'formats-probe',
    where: 'probes/stdlib/formats.py',
    class: 'open',
    part: ['stdout'],
    reason:
      "Texts of 3.14 for trailing commas in JSON and for delimiters; the system's byte in a gzip header is 255.",
  },
  {
    id: 'language-probe',
    where: 'probes/stdlib/language.py',
    class: 'open',
    part: ['stdout'],
    reason:
      'Texts of 3.14 for keyword arguments of print, containers, coroutines and invalid escapes; `int | str` is a `Union`; `sys.maxsize` is that of 32 bits.',
  },
  {
    id: 'numeric-probe',
    where: 'probes/stdlib/numeric.py',
    class: 'open',
    part: ['stdout'],
    reason: 'Texts of 3.14 for mathematics out of range.',
  },
  {
    id: 'text-probe',
    where: 'probes/stdlib/text.py',
    class: 'open',
    part: ['stdout'],
    reason: 'The end of a pattern that fnmatch makes, and the name of the locale, are other.',
  },
  {
    id: 'tools-probe',
    where: 'probes/stdlib/tools.py',
    class: 'open',
    part: ['stdout', 'stderr', 'exit code'],
    reason: 'argparse names choices without quotes, as 3.14 does.',
  },
  {
    id: 'types-probe',
    where: 'probes/stdlib/urls_and_mail.py',
    class: 'open',
    part: ['stdout'],
    reason: 'mimetypes knows the types that 3.14 knows.',
  },
];
