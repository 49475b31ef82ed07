import type { ResponseCreateParams } from 'openai/resources/responses/responses';
import { readResponse } from './read-responses.ts';
import type { Message, Parameters } from './types.ts';
import { limitFor, type Learnt, type Wire } from './wire.ts';
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
  read: readResponse,
};

/** There is no seed in this API: the caller says so. */
function parametersFor(
  { temperature, topP, reasoningEffort, maxTokens }: Parameters,
  { dropped, mostTokens }: Learnt,
): { sent: Record<string, string | number>; fields: Record<string, unknown> } {
  const kept = (name: string, value: string | number | undefined): value is string | number =>
    value !== undefined && !dropped.has(name);
  const most = limitFor(maxTokens, mostTokens);
  const plain = {
    ...(kept('temperature', temperature) && { temperature }),
    ...(kept('top_p', topP) && { top_p: topP }),
    ...(kept('max_output_tokens', most) && { max_output_tokens: most }),
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
