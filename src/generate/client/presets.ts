/** Providers that are offered by name. Data only; what people read about them is in words. */

export const presetIds = [
  'openai',
  'openrouter',
  'groq',
  'together',
  'deepseek',
  'mistral',
  'google',
  'anthropic',
  'ollama',
  'lmstudio',
  'llamacpp',
  'vllm',
  'custom',
] as const;
export type PresetId = (typeof presetIds)[number];

/** Which of the two interfaces of OpenAI is asked. */
export type Api = 'chat' | 'responses';

export type ParameterName = 'temperature' | 'topP' | 'seed' | 'reasoningEffort' | 'maxTokens';

/** What is known of whether a page may ask it: from the server's documentation, from reports of others, or not at all. */
export type CorsKnowledge = 'documented' | 'reported' | 'not-verified' | 'needs-setting';

export interface Preset {
  readonly id: PresetId;
  readonly name: string;
  /** Base address; empty for a custom one. */
  readonly address: string;
  readonly local: boolean;
  readonly key: 'needed' | 'optional';
  /** Where a person gets a key, or the documentation of a local server. */
  readonly link?: string;
  readonly apis: readonly Api[];
  /** What it documents; the others are sent only when a person sets them, and dropped when refused. */
  readonly parameters: readonly ParameterName[];
  /** Name of the limit of tokens in chat completions. */
  readonly maxTokens: 'max_tokens' | 'max_completion_tokens';
  /** Whether usage has to be asked for when the answer is streamed. */
  readonly streamUsage: boolean;
  /** Headers that it wants of a page. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly cors: CorsKnowledge;
}

const all: readonly ParameterName[] = ['temperature', 'topP', 'seed', 'reasoningEffort', 'maxTokens'];
const common = {
  local: false,
  key: 'needed',
  apis: ['chat'],
  parameters: all,
  maxTokens: 'max_tokens',
  streamUsage: true,
  cors: 'not-verified',
} as const;
const local = { ...common, local: true, key: 'optional' } as const;

export const presets: readonly Preset[] = [
  {
    ...common,
    id: 'openai',
    name: 'OpenAI',
    address: 'https://api.openai.com/v1',
    link: 'https://platform.openai.com/api-keys',
    apis: ['chat', 'responses'],
    maxTokens: 'max_completion_tokens',
    cors: 'reported',
  },
  {
    ...common,
    id: 'openrouter',
    name: 'OpenRouter',
    address: 'https://openrouter.ai/api/v1',
    link: 'https://openrouter.ai/settings/keys',
    apis: ['chat', 'responses'],
  },
  {
    ...common,
    id: 'groq',
    name: 'Groq',
    address: 'https://api.groq.com/openai/v1',
    link: 'https://console.groq.com/keys',
    apis: ['chat', 'responses'],
    maxTokens: 'max_completion_tokens',
  },
  {
    ...common,
    id: 'together',
    name: 'Together',
    address: 'https://api.together.xyz/v1',
    link: 'https://api.together.ai/settings/api-keys',
  },
  {
    ...common,
    id: 'deepseek',
    name: 'DeepSeek',
    address: 'https://api.deepseek.com/v1',
    link: 'https://platform.deepseek.com/api_keys',
    parameters: ['temperature', 'topP', 'maxTokens'],
    cors: 'reported',
  },
  {
    ...common,
    id: 'mistral',
    name: 'Mistral',
    address: 'https://api.mistral.ai/v1',
    link: 'https://console.mistral.ai/api-keys',
    parameters: ['temperature', 'topP', 'seed', 'maxTokens'],
    streamUsage: false,
    cors: 'reported',
  },
  {
    ...common,
    id: 'google',
    name: 'Google',
    address: 'https://generativelanguage.googleapis.com/v1beta/openai',
    link: 'https://aistudio.google.com/apikey',
    parameters: ['temperature', 'topP', 'reasoningEffort', 'maxTokens'],
  },
  {
    ...common,
    id: 'anthropic',
    name: 'Anthropic',
    address: 'https://api.anthropic.com/v1',
    link: 'https://console.anthropic.com/settings/keys',
    parameters: ['temperature', 'topP', 'maxTokens'],
    headers: { 'anthropic-dangerous-direct-browser-access': 'true' },
    cors: 'reported',
  },
  {
    ...local,
    id: 'ollama',
    name: 'Ollama',
    address: 'http://localhost:11434/v1',
    link: 'https://docs.ollama.com/faq',
    apis: ['chat', 'responses'],
    cors: 'needs-setting',
  },
  {
    ...local,
    id: 'lmstudio',
    name: 'LM Studio',
    address: 'http://localhost:1234/v1',
    link: 'https://lmstudio.ai/docs/cli/server-start',
    apis: ['chat', 'responses'],
    cors: 'needs-setting',
  },
  {
    ...local,
    id: 'llamacpp',
    name: 'llama.cpp',
    address: 'http://localhost:8080/v1',
    link: 'https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md',
    cors: 'documented',
  },
  {
    ...local,
    id: 'vllm',
    name: 'vLLM',
    address: 'http://localhost:8000/v1',
    link: 'https://docs.vllm.ai/en/latest/serving/openai_compatible_server/',
    apis: ['chat', 'responses'],
    cors: 'documented',
  },
  {
    ...common,
    id: 'custom',
    name: 'Another address',
    address: '',
    key: 'optional',
    apis: ['chat', 'responses'],
  },
];

export function presetOf(id: PresetId): Preset {
  const preset = presets.find((one) => one.id === id);
  if (preset === undefined) throw new RangeError(`There is no preset ${id}.`);
  return preset;
}

/** Whom and what to ask. Holds no key: it may be kept and shared. */
export interface Connection {
  readonly preset: PresetId;
  /** As `baseAddress` gives it. */
  readonly address: string;
  readonly model: string;
  readonly api: Api;
}
