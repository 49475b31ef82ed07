import { languages } from './languages.ts';
import { differences } from './python/differences.ts';
import { compareWithRecords } from './suite.ts';

await compareWithRecords(languages.python, differences);
