import type { Reply } from './model-server.ts';

/** Answers as the two APIs write them. */

const sse = (data: unknown, event?: string): string =>
  `${event === undefined ? '' : `event: ${event}\n`}data: ${JSON.stringify(data)}\n\n`;

const pieces = (text: string, size = 12): string[] =>
  Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  );

const counts = ({ usage, text = '', reasoning = '' }: Reply) =>
  usage ?? { input: 100, output: Math.ceil((text.length + reasoning.length) / 4) };

const finishOf = ({ finish, toolCalls = [] }: Reply): string | null =>
  finish === undefined ? (toolCalls.length > 0 ? 'tool_calls' : 'stop') : finish;

function chatUsage(reply: Reply): object {
  const { input, output, cached = 0, reasoning = 0 } = counts(reply);
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cached },
    completion_tokens_details: { reasoning_tokens: reasoning },
  };
}

export function chatWhole(reply: Reply, model: string): object {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    model,
    choices: [
      {
        index: 0,
        finish_reason: finishOf(reply),
        message: {
          role: 'assistant',
          content: reply.text ?? null,
          refusal: reply.refusal ?? null,
          ...(reply.toolCalls !== undefined && {
            tool_calls: reply.toolCalls.map(({ id, name, arguments: text }) => ({
              id,
              type: 'function',
              function: { name, arguments: text },
            })),
          }),
        },
      },
    ],
    ...(reply.usage !== null && { usage: chatUsage(reply) }),
  };
}

export function chatEvents(reply: Reply, model: string, withUsage: boolean): string[] {
  const chunk = (delta: object, finish: string | null = null): string =>
    sse({
      id: 'chatcmpl-1',
      object: 'chat.completion.chunk',
      model,
      choices: [{ index: 0, delta, finish_reason: finish }],
    });
  const calls = (reply.toolCalls ?? []).flatMap(({ id, name, arguments: text }, index) => [
    chunk({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] }),
    ...pieces(text, reply.piece).map((part) =>
      chunk({ tool_calls: [{ index, function: { arguments: part } }] }),
    ),
  ]);
  const finish = finishOf(reply);
  return [
    ...Array.from({ length: reply.comments ?? 1 }, () => ': a comment, as routers send while they wait\n\n'),
    chunk({ role: 'assistant', content: '' }),
    ...pieces(reply.reasoning ?? '', reply.piece).map((part) => chunk({ reasoning_content: part })),
    ...pieces(reply.text ?? '', reply.piece).map((part) => chunk({ content: part })),
    ...pieces(reply.refusal ?? '', reply.piece).map((part) => chunk({ refusal: part })),
    ...calls,
    ...(finish === null ? [] : [chunk({}, finish)]),
    ...(reply.usage !== null && withUsage
      ? [sse({ id: 'chatcmpl-1', model, choices: [], usage: chatUsage(reply) })]
      : []),
  ];
}

export function responseWhole(reply: Reply, model: string): object {
  const { input, output, cached = 0, reasoning = 0 } = counts(reply);
  const finish = finishOf(reply);
  const cutShort = finish === 'length' || finish === 'content_filter';
  return {
    id: 'resp_1',
    object: 'response',
    model,
    status: cutShort ? 'incomplete' : 'completed',
    ...(cutShort && {
      incomplete_details: { reason: finish === 'length' ? 'max_output_tokens' : 'content_filter' },
    }),
    output: [
      ...(reply.text === undefined && reply.refusal === undefined
        ? []
        : [
            {
              type: 'message',
              role: 'assistant',
              content: [
                ...(reply.text === undefined ? [] : [{ type: 'output_text', text: reply.text }]),
                ...(reply.refusal === undefined ? [] : [{ type: 'refusal', refusal: reply.refusal }]),
              ],
            },
          ]),
      ...(reply.toolCalls ?? []).map(callItem),
    ],
    ...(reply.usage !== null && {
      usage: {
        input_tokens: input,
        output_tokens: output,
        total_tokens: input + output,
        input_tokens_details: { cached_tokens: cached },
        output_tokens_details: { reasoning_tokens: reasoning },
      },
    }),
  };
}

const callItem = ({
  id,
  name,
  arguments: text,
}: {
  id: string;
  name: string;
  arguments: string;
}): object => ({
  type: 'function_call',
  id: `fc_${id}`,
  call_id: id,
  name,
  arguments: text,
});

export function responseEvents(reply: Reply, model: string): string[] {
  const whole = responseWhole(reply, model);
  const event = (type: string, data: object): string => sse({ type, ...data }, type);
  const { status } = whole as { status: string };
  return [
    event('response.created', { response: { id: 'resp_1', model, status: 'in_progress', output: [] } }),
    ...pieces(reply.reasoning ?? '', reply.piece).map((delta) =>
      event('response.reasoning_summary_text.delta', { delta }),
    ),
    ...pieces(reply.text ?? '', reply.piece).map((delta) => event('response.output_text.delta', { delta })),
    ...pieces(reply.refusal ?? '', reply.piece).map((delta) => event('response.refusal.delta', { delta })),
    ...(reply.toolCalls ?? []).flatMap((call) => [
      ...pieces(call.arguments, reply.piece).map((delta) =>
        event('response.function_call_arguments.delta', { delta }),
      ),
      event('response.output_item.done', { item: callItem(call) }),
    ]),
    ...(reply.finish === null ? [] : [event(`response.${status}`, { response: whole })]),
  ];
}
