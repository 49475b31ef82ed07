import type { ChatCompletionCreateParams } from 'openai/resources/chat/completions';
import * as v from 'valibot';
import type { AnswerBuilder } from './builder.ts';
import type { Finish, Message, Parameters, Tool } from './types.ts';
import type { Learnt, Wire } from './wire.ts';

/** Chat completions: what nearly all providers offer. */
export const chatWire: Wire = {
  body({ messages, tools = [], parameters = {} }, model, learnt, streamUsage) {
    const sent = parametersFor(parameters, learnt);
    const options = streamUsage && learnt.stream && !learnt.dropped.has('stream_options');
    return {
      sent,
      json: {
        model,
        messages: (learnt.mergeSystem ? withoutSystem(messages) : messages).map(messageFor),
        ...(tools.length > 0 && { tools: tools.map(toolFor) }),
        ...sent,
        ...(learnt.stream && { stream: true }),
        ...(options && { stream_options: { include_usage: true } }),
      },
    };
  },
  send: (client, { json }, signal) =>
    client.chat.completions.create(json as unknown as ChatCompletionCreateParams, { signal }).asResponse(),
  read(event, builder) {
    readChunk(v.parse(chunk, event), builder);
  },
};

function parametersFor(
  parameters: Parameters,
  { dropped, maxTokens }: Learnt,
): Record<string, string | number> {
  const named = {
    temperature: parameters.temperature,
    top_p: parameters.topP,
    seed: parameters.seed,
    reasoning_effort: parameters.reasoningEffort,
    [maxTokens]: parameters.maxTokens,
  };
  return Object.fromEntries(
    Object.entries(named).filter(
      (entry): entry is [string, string | number] => entry[1] !== undefined && !dropped.has(entry[0]),
    ),
  );
}

/** For models that take no system message: it goes in front of the user's first. */
export function withoutSystem(messages: readonly Message[]): Message[] {
  const system = messages.filter(({ role }) => role === 'system').map((message) => message.text);
  const rest = messages.filter(({ role }) => role !== 'system');
  const first = rest.findIndex(({ role }) => role === 'user');
  const text = system.join('\n\n');
  if (first < 0) return [{ role: 'user', text }, ...rest];
  return rest.map((message, index) =>
    index === first && message.role === 'user'
      ? { role: 'user', text: `${text}\n\n${message.text}` }
      : message,
  );
}

function messageFor(message: Message): Record<string, unknown> {
  switch (message.role) {
    case 'tool':
      return { role: 'tool', tool_call_id: message.callId, content: message.text };
    case 'assistant': {
      const { toolCalls = [] } = message;
      return {
        role: 'assistant',
        content: message.text === '' && toolCalls.length > 0 ? null : message.text,
        ...(toolCalls.length > 0 && {
          tool_calls: toolCalls.map(({ id, name, arguments: text }) => ({
            id,
            type: 'function',
            function: { name, arguments: text },
          })),
        }),
      };
    }
    default:
      return { role: message.role, content: message.text };
  }
}

const toolFor = ({ name, description, parameters }: Tool): Record<string, unknown> => ({
  type: 'function',
  function: { name, description, parameters },
});

const text = v.nullish(v.string());
const count = v.nullish(v.number());
const usageShape = v.object({
  prompt_tokens: count,
  completion_tokens: count,
  prompt_cache_hit_tokens: count,
  prompt_tokens_details: v.nullish(v.object({ cached_tokens: count })),
  completion_tokens_details: v.nullish(v.object({ reasoning_tokens: count })),
});
/** Most send a string; some send parts, of which some are thinking. */
const content = v.nullish(v.union([v.string(), v.array(v.record(v.string(), v.unknown()))]));
const part = v.object({
  content,
  refusal: text,
  /** Thinking has two names. */
  reasoning_content: text,
  reasoning: text,
  tool_calls: v.nullish(
    v.array(
      v.object({
        index: count,
        id: text,
        function: v.nullish(
          v.object({
            name: text,
            arguments: v.nullish(v.union([v.string(), v.record(v.string(), v.unknown())])),
          }),
        ),
      }),
    ),
  ),
});
const chunk = v.object({
  id: text,
  model: text,
  choices: v.nullish(
    v.array(v.object({ delta: v.nullish(part), message: v.nullish(part), finish_reason: text })),
  ),
  usage: v.nullish(usageShape),
  x_groq: v.nullish(v.object({ usage: v.nullish(usageShape) })),
});

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

function readChunk(data: v.InferOutput<typeof chunk>, builder: AnswerBuilder): void {
  builder.id ??= data.id ?? undefined;
  builder.model ??= data.model ?? undefined;
  readUsage(data.usage ?? data.x_groq?.usage, builder);
  const choice = data.choices?.[0];
  const piece = choice?.delta ?? choice?.message;
  if (piece !== null && piece !== undefined) readPart(piece, builder);
  const reason = choice?.finish_reason;
  if (reason !== null && reason !== undefined && reason !== '')
    builder.finish = finishes[reason.toLowerCase()] ?? 'stop';
}

function readPart(piece: v.InferOutput<typeof part>, builder: AnswerBuilder): void {
  builder.addReasoning(piece.reasoning_content ?? piece.reasoning ?? '');
  if (Array.isArray(piece.content)) for (const one of piece.content) readContent(one, builder);
  else builder.addText(piece.content ?? '');
  builder.addRefusal(piece.refusal ?? '');
  for (const call of piece.tool_calls ?? []) {
    const { name, arguments: given } = call.function ?? {};
    builder.addCall(call.index ?? call.id ?? undefined, {
      ...(typeof call.id === 'string' && { id: call.id }),
      ...(typeof name === 'string' && { name }),
      ...(given !== null &&
        given !== undefined && { arguments: typeof given === 'string' ? given : JSON.stringify(given) }),
    });
  }
}

function readContent(one: Record<string, unknown>, builder: AnswerBuilder): void {
  const { text: said, thinking, refusal } = one;
  if (typeof said === 'string') builder.addText(said);
  if (typeof refusal === 'string') builder.addRefusal(refusal);
  if (typeof thinking === 'string') builder.addReasoning(thinking);
  if (!Array.isArray(thinking)) return;
  for (const inner of thinking as unknown[]) {
    const words = typeof inner === 'object' && inner !== null && 'text' in inner ? inner.text : undefined;
    if (typeof words === 'string') builder.addReasoning(words);
  }
}

function readUsage(usage: v.InferOutput<typeof usageShape> | null | undefined, builder: AnswerBuilder): void {
  if (usage === null || usage === undefined) return;
  if (usage.prompt_tokens === undefined && usage.completion_tokens === undefined) return;
  builder.usage = {
    input: usage.prompt_tokens ?? 0,
    output: usage.completion_tokens ?? 0,
    cached: usage.prompt_tokens_details?.cached_tokens ?? usage.prompt_cache_hit_tokens ?? 0,
    reasoning: usage.completion_tokens_details?.reasoning_tokens ?? 0,
  };
}
