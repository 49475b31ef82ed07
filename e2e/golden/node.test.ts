import { languages } from './languages.ts';
import { differences } from './node/differences.ts';
import { compareWithRecords } from './suite.ts';

await compareWithRecords(languages.node, differences);
