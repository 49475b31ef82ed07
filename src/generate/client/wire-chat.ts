import type { ChatCompletionCreateParams } from 'openai/resources/chat/completions';
import { readChat } from './read-chat.ts';
import type { Message, Parameters, Tool } from './types.ts';
import { limitFor, type Learnt, type Wire } from './wire.ts';

/** Chat completions: what nearly all providers offer. */
export const chatWire: Wire = {
  body({ messages, tools = [], parameters = {} }, model, learnt, streamUsage) {
    const sent = parametersFor(parameters, learnt);
    const options = streamUsage && learnt.stream && !learnt.dropped.has('stream_options');
    return {
      sent,
      json: {
        model,
        messages: (learnt.mergeSystem ? withoutSystem(messages) : messages).map((message) =>
          messageFor(message, learnt.thinkingBack),
        ),
        ...(tools.length > 0 && { tools: tools.map(toolFor) }),
        ...sent,
        ...(learnt.stream && { stream: true }),
        ...(options && { stream_options: { include_usage: true } }),
      },
    };
  },
  send: (client, { json }, signal) =>
    client.chat.completions.create(json as unknown as ChatCompletionCreateParams, { signal }).asResponse(),
  read: readChat,
};

function parametersFor(
  parameters: Parameters,
  { dropped, maxTokens, mostTokens }: Learnt,
): Record<string, string | number> {
  const named = {
    temperature: parameters.temperature,
    top_p: parameters.topP,
    seed: parameters.seed,
    reasoning_effort: parameters.reasoningEffort,
    [maxTokens]: limitFor(parameters.maxTokens, mostTokens),
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

function messageFor(message: Message, thinkingBack: boolean): Record<string, unknown> {
  switch (message.role) {
    case 'tool':
      return { role: 'tool', tool_call_id: message.callId, content: message.text };
    case 'assistant': {
      const { toolCalls = [] } = message;
      return {
        role: 'assistant',
        content: message.text === '' && toolCalls.length > 0 ? null : message.text,
        ...(thinkingBack && { reasoning_content: message.reasoning ?? '' }),
        ...(toolCalls.length > 0 && {
          tool_calls: toolCalls.map(({ id, name, arguments: text, extra }) => ({
            id,
            type: 'function',
            function: { name, arguments: text },
            ...(extra !== undefined && { extra_content: extra }),
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
