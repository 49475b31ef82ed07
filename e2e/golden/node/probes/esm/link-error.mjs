import { readFile, nothing } from 'node:fs/promises';
console.log('never', readFile, nothing);
