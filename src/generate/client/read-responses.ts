import * as v from 'valibot';
import type { AnswerBuilder } from './builder.ts';
import { count, fields, jsonText, list, words, type Fields } from './fields.ts';

/** What comes of the responses API: an event of a stream, or the one object of an answer that is not streamed. */
const anyEvent = v.union([
  v.looseObject({ type: v.string() }),
  v.looseObject({ output: v.array(v.unknown()) }),
]);

/** @throws ValiError for what is neither; ResponseFailed when the provider says that it failed */
export function readResponse(data: unknown, builder: AnswerBuilder): void {
  const event = fields(v.parse(anyEvent, data));
  if ('output' in event && !('response' in event)) readWhole(event, builder);
  else readEvent(event, builder);
}

function readEvent(event: Fields, builder: AnswerBuilder): void {
  const delta = words(event['delta']);
  switch (event['type']) {
    case 'response.output_text.delta':
      return builder.addText(delta);
    case 'response.refusal.delta':
      return builder.addRefusal(delta);
    case 'response.reasoning.delta':
    case 'response.reasoning_text.delta':
    case 'response.reasoning_summary_text.delta':
      return builder.addReasoning(delta);
    case 'response.output_item.done':
      return readCall(fields(event['item']), builder);
    case 'response.completed':
    case 'response.incomplete':
    case 'response.failed':
    case 'response.cancelled':
    case 'response.done':
      return readWhole(fields(event['response']), builder);
    case 'error':
      throw new ResponseFailed(event['code'], event['message']);
  }
}

/** The response as a whole. Its output counts where no pieces came before: some servers send it at the end alone. */
function readWhole(data: Fields, builder: AnswerBuilder): void {
  builder.id ??= words(data['id']) || undefined;
  builder.model ??= words(data['model']) || undefined;
  if (!builder.begun) for (const one of list(data['output'])) readItem(fields(one), builder);
  const usage = fields(data['usage']);
  const input = count(usage['input_tokens']) ?? 0;
  const output = count(usage['output_tokens']) ?? 0;
  if (input + output > 0)
    builder.usage = {
      input,
      output,
      cached: count(fields(usage['input_tokens_details'])['cached_tokens']) ?? 0,
      reasoning: count(fields(usage['output_tokens_details'])['reasoning_tokens']) ?? 0,
    };
  const { status } = data;
  if (status === 'failed' || status === 'cancelled') {
    const { code, message } = fields(data['error']);
    throw new ResponseFailed(code, message);
  }
  if (status === 'incomplete')
    builder.finish =
      fields(data['incomplete_details'])['reason'] === 'content_filter' ? 'content-filter' : 'length';
  else builder.finish = builder.toolCalls.length > 0 ? 'tool-calls' : 'stop';
}

function readItem(one: Fields, builder: AnswerBuilder): void {
  for (const part of list(one['summary'])) builder.addReasoning(words(fields(part)['text']));
  for (const part of list(one['content'])) {
    const { text, refusal } = fields(part);
    if (one['type'] === 'reasoning') builder.addReasoning(words(text));
    else builder.addText(words(text));
    builder.addRefusal(words(refusal));
  }
  readCall(one, builder);
}

function readCall(one: Fields, builder: AnswerBuilder): void {
  if (one['type'] !== 'function_call') return;
  builder.addCall({
    index: undefined,
    id: words(one['call_id']) || words(one['id']),
    name: words(one['name']),
    arguments: jsonText(one['arguments']),
    extra: undefined,
  });
}

/** The API's own way of saying within a stream that it failed; read like an error of the `openai` package. */
class ResponseFailed extends Error {
  readonly error: { code: unknown; message: unknown };

  constructor(code: unknown, message: unknown) {
    super(words(message) || 'the response failed');
    this.error = { code, message: this.message };
  }
}
