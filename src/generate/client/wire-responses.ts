import type { ResponseCreateParams } from 'openai/resources/responses/responses';
import * as v from 'valibot';
import type { AnswerBuilder } from './builder.ts';
import type { Message, Parameters } from './types.ts';
import type { Learnt, Wire } from './wire.ts';
import { withoutSystem } from './wire-chat.ts';

/** The responses API. What is sent is not to be stored by the provider. */
export const responsesWire: Wire = {
  body({ messages, tools = [], parameters = {} }, model, learnt) {
    const { sent, fields } = parametersFor(parameters, learnt);
    return {
      sent,
      json: {
        model,
        input: (learnt.mergeSystem ? withoutSystem(messages) : messages).flatMap(itemsFor),
        ...(tools.length > 0 && {
          tools: tools.map(({ name, description, parameters: schema }) => ({
            type: 'function',
            name,
            description,
            parameters: schema,
            strict: false,
          })),
        }),
        ...fields,
        ...(!learnt.dropped.has('store') && { store: false }),
        ...(learnt.stream && { stream: true }),
      },
    };
  },
  send: (client, { json }, signal) =>
    client.responses.create(json as unknown as ResponseCreateParams, { signal }).asResponse(),
  read(data, builder) {
    const event = v.parse(anyEvent, data);
    if ('output' in event) readWhole(v.parse(whole, data), builder, true);
    else readEvent(event, builder);
  },
};

/** There is no seed in this API: the caller says so. */
function parametersFor(
  { temperature, topP, reasoningEffort, maxTokens }: Parameters,
  { dropped }: Learnt,
): { sent: Record<string, string | number>; fields: Record<string, unknown> } {
  const kept = (name: string, value: string | number | undefined): value is string | number =>
    value !== undefined && !dropped.has(name);
  const plain = {
    ...(kept('temperature', temperature) && { temperature }),
    ...(kept('top_p', topP) && { top_p: topP }),
    ...(kept('max_output_tokens', maxTokens) && { max_output_tokens: maxTokens }),
  };
  const effort = kept('reasoning', reasoningEffort);
  return {
    sent: { ...plain, ...(effort && { 'reasoning.effort': reasoningEffort }) },
    fields: { ...plain, ...(effort && { reasoning: { effort: reasoningEffort } }) },
  };
}

function itemsFor(message: Message): Record<string, unknown>[] {
  switch (message.role) {
    case 'tool':
      return [{ type: 'function_call_output', call_id: message.callId, output: message.text }];
    case 'assistant':
      return [
        ...(message.text === '' ? [] : [{ role: 'assistant', content: message.text }]),
        ...(message.toolCalls ?? []).map(({ id, name, arguments: text }) => ({
          type: 'function_call',
          call_id: id,
          name,
          arguments: text,
        })),
      ];
    default:
      return [{ role: message.role, content: message.text }];
  }
}

const text = v.nullish(v.string());
const count = v.nullish(v.number());
const item = v.object({
  id: text,
  type: v.string(),
  call_id: text,
  name: text,
  arguments: text,
  content: v.nullish(v.array(v.object({ type: v.string(), text, refusal: text }))),
  summary: v.nullish(v.array(v.object({ text }))),
});
const whole = v.object({
  id: text,
  model: text,
  status: text,
  error: v.nullish(v.object({ code: text, message: text })),
  incomplete_details: v.nullish(v.object({ reason: text })),
  output: v.nullish(v.array(item)),
  usage: v.nullish(
    v.object({
      input_tokens: count,
      output_tokens: count,
      input_tokens_details: v.nullish(v.object({ cached_tokens: count })),
      output_tokens_details: v.nullish(v.object({ reasoning_tokens: count })),
    }),
  ),
});
const anyEvent = v.looseObject({
  type: text,
  delta: v.nullish(v.unknown()),
  item: v.nullish(v.unknown()),
  response: v.nullish(v.unknown()),
});

function readEvent(event: v.InferOutput<typeof anyEvent>, builder: AnswerBuilder): void {
  const delta = typeof event.delta === 'string' ? event.delta : '';
  switch (event.type) {
    case 'response.output_text.delta':
      return builder.addText(delta);
    case 'response.refusal.delta':
      return builder.addRefusal(delta);
    case 'response.reasoning_text.delta':
    case 'response.reasoning_summary_text.delta':
      return builder.addReasoning(delta);
    case 'response.output_item.done':
      return readCall(v.parse(item, event.item), builder);
    case 'response.completed':
    case 'response.incomplete':
    case 'response.failed':
    case 'response.done':
      return readWhole(v.parse(whole, event.response), builder, false);
    case 'error':
      throw new ResponseFailed(event['code'], event['message']);
  }
}

/** @param alone - true when nothing came before it: then its output counts as well */
function readWhole(data: v.InferOutput<typeof whole>, builder: AnswerBuilder, alone: boolean): void {
  builder.id ??= data.id ?? undefined;
  builder.model ??= data.model ?? undefined;
  if (alone) for (const one of data.output ?? []) readItem(one, builder);
  const { usage } = data;
  if (usage !== null && usage !== undefined)
    builder.usage = {
      input: usage.input_tokens ?? 0,
      output: usage.output_tokens ?? 0,
      cached: usage.input_tokens_details?.cached_tokens ?? 0,
      reasoning: usage.output_tokens_details?.reasoning_tokens ?? 0,
    };
  if (data.status === 'failed') throw new ResponseFailed(data.error?.code, data.error?.message);
  const reason = data.incomplete_details?.reason;
  if (data.status === 'incomplete')
    builder.finish = reason === 'content_filter' ? 'content-filter' : 'length';
  else builder.finish = builder.toolCalls.length > 0 ? 'tool-calls' : 'stop';
}

function readItem(one: v.InferOutput<typeof item>, builder: AnswerBuilder): void {
  for (const { text: said } of one.summary ?? []) builder.addReasoning(said ?? '');
  for (const part of one.content ?? []) {
    if (one.type === 'reasoning') builder.addReasoning(part.text ?? '');
    else builder.addText(part.text ?? '');
    builder.addRefusal(part.refusal ?? '');
  }
  readCall(one, builder);
}

function readCall(one: v.InferOutput<typeof item>, builder: AnswerBuilder): void {
  if (one.type !== 'function_call') return;
  const id = one.call_id ?? one.id ?? undefined;
  builder.addCall(id ?? `call ${builder.toolCalls.length}`, {
    ...(id !== undefined && { id }),
    name: one.name ?? '',
    arguments: one.arguments ?? '',
  });
}

/** The API's own way of saying within a stream that it failed; read like an error of the `openai` package. */
class ResponseFailed extends Error {
  readonly error: { code: unknown; message: unknown };

  constructor(code: unknown, message: unknown) {
    super(typeof message === 'string' ? message : 'the response failed');
    this.error = { code, message };
  }
}
