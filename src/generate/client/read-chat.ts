import * as v from 'valibot';
import type { AnswerBuilder } from './builder.ts';
import { count, fields, jsonText, list, words, type Fields } from './fields.ts';
import type { Finish, Usage } from './types.ts';
import { BrokenOff } from './wire.ts';

/*
 * What comes of chat completions. Only that there are choices is held to; the rest is taken where it is what it should be:
 * a field of another type that nobody needs is no reason to lose an answer.
 */
const chunk = v.looseObject({ choices: v.nullish(v.array(v.record(v.string(), v.unknown()))) });

const finishes: Readonly<Record<string, Finish>> = {
  stop: 'stop',
  end_turn: 'stop',
  eos: 'stop',
  length: 'length',
  max_tokens: 'length',
  model_length: 'length',
  tool_calls: 'tool-calls',
  function_call: 'tool-calls',
  content_filter: 'content-filter',
  safety: 'content-filter',
  refusal: 'refusal',
};
/** Reasons that are failures of the provider. */
const brokenOff = new Set(['error', 'abort', 'insufficient_system_resource', 'network_error']);

/**
 * Takes one event of a stream, or the one object of an answer that is not streamed.
 * @throws ValiError for what is none; BrokenOff when the provider says that it gave up
 */
export function readChat(event: unknown, builder: AnswerBuilder): void {
  const data = v.parse(chunk, event);
  builder.id ??= words(data['id']) || undefined;
  builder.model ??= words(data['model']) || undefined;
  const usage = usageOf(data['usage']) ?? usageOf(fields(data['x_groq'])['usage']);
  if (usage !== undefined) builder.usage = usage;
  const choice = data.choices?.[0];
  if (choice === undefined) return;
  readPart(fields(choice['delta'] ?? choice['message']), builder);
  const reason = words(choice['finish_reason']).toLowerCase();
  if (reason === '') return;
  if (brokenOff.has(reason)) throw new BrokenOff(reason);
  // Google writes its own reason behind: `content_filter: PROHIBITED_CONTENT`.
  builder.finish = finishes[reason.replace(/[^a-z_].*$/, '')] ?? 'stop';
}

function readPart(piece: Fields, builder: AnswerBuilder): void {
  // Thinking has two names; some send both, with the same text.
  builder.addReasoning(words(piece['reasoning_content']) || words(piece['reasoning']));
  const { content } = piece;
  // Most send a string; some send parts, of which some are thinking.
  if (Array.isArray(content)) for (const one of content) readContent(fields(one), builder);
  else builder.addText(words(content));
  builder.addRefusal(words(piece['refusal']));
  for (const call of list(piece['tool_calls'])) readCall(fields(call), builder);
}

function readCall(call: Fields, builder: AnswerBuilder): void {
  const { name, arguments: given } = fields(call['function']);
  const extra = fields(call['extra_content']);
  builder.addCall({
    index: count(call['index']),
    id: words(call['id']),
    name: words(name),
    arguments: jsonText(given),
    extra: Object.keys(extra).length === 0 ? undefined : extra,
  });
}

function readContent({ text, thinking, refusal }: Fields, builder: AnswerBuilder): void {
  builder.addText(words(text));
  builder.addRefusal(words(refusal));
  builder.addReasoning(words(thinking));
  for (const inner of list(thinking)) builder.addReasoning(words(fields(inner)['text']));
}

/** Undefined when nothing is told: zeros alone come from servers that do not count. */
function usageOf(value: unknown): Usage | undefined {
  const usage = fields(value);
  const input = count(usage['prompt_tokens']) ?? count(usage['input_tokens']) ?? 0;
  const said = count(usage['completion_tokens']) ?? count(usage['output_tokens']) ?? 0;
  const total = count(usage['total_tokens']) ?? 0;
  if (input + said + total === 0) return undefined;
  const details = fields(usage['completion_tokens_details']);
  // Google and others leave thinking out of the output, and count it in the total alone.
  const output = Math.max(said, total - input);
  return {
    input,
    output,
    cached:
      count(fields(usage['prompt_tokens_details'])['cached_tokens']) ??
      count(usage['prompt_cache_hit_tokens']) ??
      count(usage['cached_tokens']) ??
      0,
    reasoning: count(details['reasoning_tokens']) ?? output - said,
  };
}
