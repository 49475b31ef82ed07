import { describe, expect, it } from 'vitest';
import { askedServers, errorOf, question } from './testing/asking.ts';
import type { Reply } from './testing/model-server.ts';
import type { AskEvent } from './types.ts';

/* Refusals as providers are known to write them. */

const { withServer } = askedServers();
const json = (status: number, body: unknown, headers: Record<string, string> = {}): Reply => ({
  status,
  body,
  headers,
});

describe('a refusal', () => {
  it.each<[string, Reply, object]>([
    [
      'in a list (Google)',
      json(400, [{ error: { code: 400, message: 'API key not valid.', status: 'INVALID_ARGUMENT' } }]),
      { kind: 'key', detail: 'API key not valid.' },
    ],
    [
      'of a model, in a list (Google)',
      json(404, [{ error: { code: 404, message: 'models/x is not found for API version v1main' } }]),
      { kind: 'model' },
    ],
    ['as detail (FastAPI)', json(404, { detail: 'Not Found' }), { kind: 'address', detail: 'Not Found' }],
    [
      'as detail with places (FastAPI)',
      json(422, { detail: [{ loc: ['body', 'messages'], msg: 'field required' }] }),
      { kind: 'request', detail: 'body.messages: field required' },
    ],
    [
      'as message (vLLM)',
      json(404, {
        object: 'error',
        message: 'The model `x` does not exist.',
        type: 'NotFoundError',
        code: 404,
      }),
      { kind: 'model' },
    ],
    [
      'as message (Mistral)',
      json(401, { message: 'Unauthorized', request_id: 'r' }),
      { kind: 'key', detail: 'Unauthorized' },
    ],
    ['as a word with a code', json(400, { error: 'model_not_found', code: 3 }), { kind: 'model' }],
    [
      'as a sentence (LM Studio)',
      json(400, { error: 'No models loaded. Please load a model.' }),
      { kind: 'model' },
    ],
    [
      'with status 200 (LM Studio)',
      json(200, { error: 'Unexpected endpoint or method. (POST /chat/completions)' }),
      { kind: 'address' },
    ],
    [
      'with status 200 (MiniMax)',
      json(200, { base_resp: { status_code: 1008, status_msg: 'insufficient balance' } }),
      { kind: 'quota' },
    ],
    [
      'as a web page (Cloudflare)',
      json(403, '<!DOCTYPE html><html><title>Attention Required!</title><p>x'),
      { kind: 'key', detail: 'Attention Required!' },
    ],
    ['as text (Ollama)', json(404, '404 page not found'), { kind: 'address' }],
    ['with nothing in it', json(401, ''), { kind: 'key' }],
    [
      'of a region',
      json(403, { error: { message: 'Country, region, or territory not supported' } }),
      { message: 'The server does not allow this request.' },
    ],
    [
      'of tools (Ollama)',
      json(400, { error: { message: 'gemma:2b does not support tools' } }),
      { kind: 'request', message: 'scripted-1 takes no tools here.' },
    ],
    [
      'of tools (OpenRouter)',
      json(404, { error: { message: 'No endpoints found that support tool use.', code: 404 } }),
      { message: 'scripted-1 takes no tools here.' },
    ],
    [
      'of length (llama.cpp)',
      json(500, { error: { code: 500, message: 'Context size has been exceeded.', type: 'server_error' } }),
      { kind: 'request', message: 'The prompt is longer than scripted-1 can take.' },
    ],
    [
      'of length (Groq)',
      json(413, {
        error: {
          message: 'Request too large for model `x` on tokens per minute (TPM): Limit 6000, Requested 9000',
          code: 'rate_limit_exceeded',
        },
      }),
      { kind: 'request', message: 'The prompt is longer than scripted-1 can take.' },
    ],
    [
      'of memory (Ollama)',
      json(500, {
        error: { message: 'model requires more system memory (9 GiB) than is available (4 GiB)' },
      }),
      { kind: 'request' },
    ],
    [
      'for want of credit, though it names a wait',
      json(
        429,
        { error: { message: 'You exceeded your current quota.', code: 'insufficient_quota' } },
        { 'Retry-After': '1' },
      ),
      { kind: 'quota', message: 'The account with the server has no credit or quota left.' },
    ],
  ])('%s is understood, and not repeated', async (_, reply, expected) => {
    const { server, ask } = await withServer({ replies: [reply] });
    expect(await errorOf(ask())).toMatchObject(expected);
    expect(server.asked).toHaveLength(1);
  });

  it.each([408, 409, 429, 500, 502, 503, 504, 529])('%i is repeated', async (status) => {
    const { ask } = await withServer({
      replies: [json(status, '<html><title>Bad gateway</title>'), { text: 'ok' }],
    });
    expect(await ask()).toMatchObject({ text: 'ok', attempts: 2 });
  });

  it('of a server that loads its model is waited out for longer (llama.cpp)', async () => {
    const loading = json(503, { error: { message: 'Loading model', type: 'unavailable_error', code: 503 } });
    const events: AskEvent[] = [];
    const { ask } = await withServer({ replies: [loading, loading, loading, { text: 'ok' }] });
    const answer = await ask(question, { ask: { onEvent: (event) => events.push(event) } });
    expect(answer.attempts).toBe(4);
    expect(events[0]).toMatchObject({ error: { message: 'The server is still loading the model.' } });
  });

  it('of a limit is waited for as long as it lasts, whatever it says of billing (Groq)', async () => {
    const message =
      'Rate limit reached. Please try again in 1h2m9.5s. Upgrade at https://example.com/settings/billing';
    const { ask } = await withServer({ replies: [json(429, { error: { message } })] });
    const error = await errorOf(ask());
    expect(error).toMatchObject({ kind: 'rate' });
    expect(error.message).toContain('3730 s');
  });
});

describe('a parameter', () => {
  const parameters = { temperature: 0.5, topP: 0.9, seed: 7, reasoningEffort: 'low', maxTokens: 9_000 };
  /** Asks with all parameters a server that refuses once. */
  const after = async (reply: Reply) => {
    const { ask } = await withServer({ replies: [reply, { text: 'ok' }] });
    const { sent, adjustments } = await ask({ ...question, parameters });
    return { sent, adjustments };
  };
  const mistral = (name: string) =>
    json(422, {
      object: 'error',
      message: {
        detail: [{ type: 'extra_forbidden', loc: ['body', name], msg: 'Extra inputs are not permitted' }],
      },
    });

  it.each<[string, Reply, string]>([
    ['seed (Mistral)', mistral('seed'), 'seed'],
    [
      'temperature (OpenAI)',
      json(400, {
        error: {
          message: "Unsupported value: 'temperature' does not support 0.5 with this model.",
          param: 'temperature',
        },
      }),
      'temperature',
    ],
    [
      'one of two (Anthropic)',
      json(400, { error: { message: '`temperature` and `top_p` cannot both be specified for this model.' } }),
      'temperature',
    ],
    [
      'an unknown name (Google)',
      json(400, [
        { error: { message: 'Invalid JSON payload received. Unknown name "seed": Cannot find field.' } },
      ]),
      'seed',
    ],
    [
      'camel case (xAI)',
      json(400, { code: 'x', error: 'Argument not supported on this model: reasoningEffort' }),
      'reasoning_effort',
    ],
    [
      'thinking (Ollama)',
      json(400, { error: { message: '"llama3" does not support thinking' } }),
      'reasoning_effort',
    ],
  ])('that is refused is left out: %s', async (_, reply, name) => {
    const { sent, adjustments } = await after(reply);
    expect(adjustments).toMatchObject([{ parameter: name, done: 'dropped' }]);
    expect(Object.keys(sent)).toHaveLength(4);
    expect(sent).not.toHaveProperty(name);
  });

  it.each<[string, string, number]>([
    ['OpenAI', 'max_tokens is too large: 9000. This model supports at most 4096 completion tokens.', 4_096],
    ['Groq', '`max_tokens` must be less than or equal to `8192`, the maximum value for `max_tokens`', 8_192],
    ['Anthropic', 'max_tokens: 9000 > 8000, which is the maximum allowed number of output tokens', 8_000],
    ['DeepSeek', 'Invalid max_tokens value, the valid range of max_tokens is [1, 8192]', 8_192],
    [
      'vLLM',
      "'max_tokens' or 'max_completion_tokens' is too large: 9000. This model's maximum context length is 8192 tokens and your request has 500 input tokens (9000 > 8192 - 500).",
      7_692,
    ],
  ])('that asks for too much is lowered: %s', async (_, message, most) => {
    const { sent, adjustments } = await after(json(400, { error: { message } }));
    expect(adjustments).toMatchObject([{ parameter: 'max_tokens', done: 'changed' }]);
    expect(sent['max_tokens']).toBe(most);
  });

  it('that has another name is sent under that, and left out when that is refused as well', async () => {
    const { ask } = await withServer({
      replies: [mistral('max_tokens'), mistral('max_completion_tokens'), { text: 'ok' }],
    });
    const answer = await ask({ ...question, parameters: { maxTokens: 50 } });
    expect(answer.adjustments.map(({ done }) => done)).toEqual(['renamed', 'dropped']);
    expect(answer.sent).toEqual({});
  });

  it('of the conversation is sent along when it is wanted: earlier thinking (DeepSeek)', async () => {
    const refused = json(400, {
      error: { message: 'The `reasoning_content` in the thinking mode must be passed back to the API.' },
    });
    const { server, ask } = await withServer({ replies: [refused, { text: 'ok' }] });
    const messages = [
      { role: 'user', text: 'Hello.' },
      { role: 'assistant', text: 'Hi.', reasoning: 'hm' },
      { role: 'user', text: 'Go on.' },
    ] as const;
    expect(await ask({ messages })).toMatchObject({ adjustments: [{ parameter: 'messages' }] });
    expect(JSON.stringify(server.asked[0]?.json)).not.toContain('reasoning_content');
    expect(server.asked[1]?.json['messages']).toMatchObject([{}, { reasoning_content: 'hm' }, {}]);
  });
});
