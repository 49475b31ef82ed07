import * as v from 'valibot';
import { tokenUsage } from '../../domain/generation.ts';

/** An answer as it is kept; see `AnswerMemory`. */
export const keptAnswer = v.object({
  /** The key under which it is found again. */
  id: v.pipe(v.string(), v.maxLength(600)),
  answer: v.object({
    text: v.string(),
    reasoning: v.string(),
    toolCalls: v.array(
      v.object({
        id: v.string(),
        name: v.string(),
        arguments: v.string(),
        extra: v.exactOptional(v.record(v.string(), v.unknown())),
      }),
    ),
    finish: v.picklist(['stop', 'length', 'tool-calls', 'refusal', 'content-filter']),
    usage: v.exactOptional(tokenUsage),
    timings: v.object({ firstTokenMs: v.exactOptional(v.number()), ms: v.number(), answerMs: v.number() }),
    cost: v.exactOptional(v.number()),
    requestId: v.exactOptional(v.string()),
    model: v.string(),
    sent: v.record(v.string(), v.union([v.string(), v.number(), v.boolean()])),
    adjustments: v.array(
      v.object({
        parameter: v.string(),
        done: v.picklist(['dropped', 'renamed', 'changed']),
        why: v.string(),
      }),
    ),
    attempts: v.number(),
    broken: v.array(v.string()),
  }),
});
