export * from './counter.js';
export { default as renamed } from './late.js';
export const own = 1;
export default class {}
