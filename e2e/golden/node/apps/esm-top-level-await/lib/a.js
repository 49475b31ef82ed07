import { b } from './b.js';
export const a = 'a';
export const result = b();
