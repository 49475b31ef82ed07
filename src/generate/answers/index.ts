/** From a model's answer to files. See docs/models.md. */
export { applyAnswer, AnswerParser, parseAnswer } from './parser.ts';
export { joinContinuation } from './continue.ts';
export type { AnswerEvent, ParsedAnswer } from './types.ts';
