import type { ModelErrorFacts, ModelErrorKind } from './types.ts';

/** What the sentences about a failure name. */
export interface WordContext {
  /** Name of the provider, for people. */
  readonly provider: string;
  readonly address: string;
  readonly model: string;
  readonly hasKey: boolean;
  readonly local: boolean;
  /** The page's own origin, for the settings of a server. */
  readonly origin: string;
}

export type ErrorWords = Pick<ModelErrorFacts, 'message' | 'advice'>;

/** A name within a sentence: `The server` stands for one without a name. */
const inner = (provider: string): string => (provider === 'The server' ? 'the server' : provider);

const seconds = (ms: number): string => `${Math.round(ms / 1_000)} s`;

const unreachable = ({ address, local }: WordContext): ErrorWords => ({
  message: `Nothing answers at ${address}.`,
  advice: local
    ? 'Start the server, and check its port and address.'
    : 'Check the address and the network connection.',
});

const words: Record<ModelErrorKind, (context: WordContext) => ErrorWords> = {
  key: ({ provider, hasKey }) =>
    hasKey
      ? {
          message: `${provider} does not accept the key.`,
          advice:
            'Check that the key is complete, still valid, of this provider, and allowed to use this model.',
        }
      : { message: `${provider} wants a key.`, advice: 'Enter the key of your account with this provider.' },
  address: ({ address }) => ({
    message: `${address} answers, but there is no OpenAI-compatible API.`,
    advice: 'Check the address. It often ends with /v1.',
  }),
  cors: ({ provider, origin, local }) => ({
    message: `${provider} answers, but does not let this page ask it.`,
    advice: local
      ? `Allow the origin ${origin} in the server's settings; the help page says how.`
      : `This is for the provider to allow (CORS, origin ${origin}). A router such as OpenRouter, or a proxy of your own, can stand between.`,
  }),
  'mixed-content': ({ address }) => ({
    message: `The browser does not let a page of https ask ${address}, which is not encrypted.`,
    advice: 'Use an https address or a server on this machine, or open the playground from http://localhost.',
  }),
  'private-network': ({ address }) => ({
    message: `The browser does not let this page into the local network, where ${address} is.`,
    advice:
      'Allow "local network access" for this page in the browser\'s site settings, or open the playground from http://localhost.',
  }),
  model: ({ provider, model }) => ({
    message:
      model === ''
        ? 'No model is chosen.'
        : `${provider} does not know the model ${model}, or does not let this key use it.`,
    advice: 'Choose a model of the list, or check the name.',
  }),
  quota: ({ provider }) => ({
    message: `The account with ${inner(provider)} has no credit or quota left.`,
    advice: 'Add credit or raise the limit there, or use another provider.',
  }),
  rate: ({ provider }) => ({
    message: `${provider} takes no more requests for now.`,
    advice: 'Wait, or ask for less at once.',
  }),
  timeout: ({ provider }) => ({
    message: `${provider} took too long.`,
    advice: 'Try again, or choose a faster model.',
  }),
  network: unreachable,
  refused: ({ model }) => ({
    message: `${model} declined to answer.`,
    advice: 'Change the prompt, or ask another model.',
  }),
  empty: ({ model, local }) => ({
    message: `${model} gave an empty answer.`,
    advice: local
      ? 'Try again. The prompt may be longer than the context that the model was loaded with; a reasoning model may need more tokens.'
      : 'Try again. With a reasoning model, allow it more tokens.',
  }),
  cancelled: () => ({ message: 'Cancelled.', advice: '' }),
  server: ({ provider }) => ({
    message: `${provider} failed.`,
    advice: 'This is not your doing. Try again later.',
  }),
  request: ({ provider }) => ({
    message: `${provider} does not take this request.`,
    advice: 'Its own words below say why.',
  }),
  'bad-answer': ({ provider }) => ({
    message: `What came from ${inner(provider)} cannot be read.`,
    advice: 'Check that the address is that of an OpenAI-compatible API.',
  }),
};

/** The sentences for a failure of this kind. */
export const wordsFor = (kind: ModelErrorKind, context: WordContext): ErrorWords => words[kind](context);

/** Sentences for cases that are more exact than their kind. */
export const cases = {
  offline: { message: 'This browser is offline.', advice: 'Connect, or use a server on this machine.' },
  refusedByPage: (address: string): ErrorWords => ({
    message: `This page's own security policy does not allow requests to ${address}.`,
    advice: 'Use localhost or 127.0.0.1 for a server on this machine, and https for others.',
  }),
  unclear: ({ address, local, origin }: WordContext): ErrorWords => ({
    message: `There was no answer from ${address} that this page may read.`,
    advice: local
      ? `Check that the server is running, and that it allows the origin ${origin}; the help page says how.`
      : 'Check the address and the network. If both are right, the provider does not let pages ask it.',
  }),
  askPermission: ({ address }: WordContext): ErrorWords => ({
    message: `There was no answer from ${address}, and the browser has not yet been allowed to ask the local network.`,
    advice: 'Test again and press "Allow" when the browser asks, and check that the server is running.',
  }),
  redirect: (address: string): ErrorWords => ({
    message: `${address} sends its visitors on to another address.`,
    advice: 'Enter the address that it leads to. A key is not sent on by itself.',
  }),
  broken: ({ provider }: WordContext): ErrorWords => ({
    message: `The connection to ${inner(provider)} broke in the middle of the answer.`,
    advice: 'Try again.',
  }),
  noFirstToken: (ms: number): ErrorWords => ({
    message: `Nothing of an answer came within ${seconds(ms)}.`,
    advice: 'The model may be loading, or thinking for long. Try again, or choose a faster model.',
  }),
  silent: (ms: number): ErrorWords => ({
    message: `The answer stood still for ${seconds(ms)}.`,
    advice: 'Try again.',
  }),
  tooLong: (ms: number): ErrorWords => ({
    message: `The answer was not complete after ${seconds(ms)}.`,
    advice: 'Ask for less at once, or choose a faster model.',
  }),
  tooMuch: { message: 'The answer is larger than can be taken.', advice: 'Limit the tokens of the answer.' },
  onlyThinking: (model: string): ErrorWords => ({
    message: `${model} used all its tokens for thinking and wrote nothing.`,
    advice: 'Allow more tokens, or less effort.',
  }),
  filtered: ({ provider }: WordContext): ErrorWords => ({
    message: `A content filter of ${inner(provider)} stopped the answer.`,
    advice: 'Change the prompt, or ask another model.',
  }),
  promptTooLong: (model: string): ErrorWords => ({
    message: `The prompt is longer than ${model} can take.`,
    advice: 'Shorten the prompt, allow fewer tokens for the answer, or choose a model with a larger context.',
  }),
  noTools: (model: string): ErrorWords => ({
    message: `${model} takes no tools here.`,
    advice: 'Choose another way of asking, or a model that can call tools.',
  }),
  forbidden: ({ provider }: WordContext): ErrorWords => ({
    message: `${provider} does not allow this request.`,
    advice: 'Its own words below say why. Often the key may not use this model, or the region is not served.',
  }),
  loading: ({ provider }: WordContext): ErrorWords => ({
    message: `${provider} is still loading the model.`,
    advice: 'Wait until it is loaded, and try again.',
  }),
  noList: ({ address }: WordContext): ErrorWords => ({
    message: `${address} gives no list of models.`,
    advice:
      'Type the name of the model. If that does not work either, check the address: it often ends with /v1.',
  }),
  withVersion: ({ address }: WordContext): ErrorWords => ({
    message: `There is no OpenAI-compatible API at ${address}, but there is one at ${address}/v1.`,
    advice: `Enter ${address}/v1 as the address.`,
  }),
  stopped: ({ provider }: WordContext): ErrorWords => ({
    message: `${provider} broke off its answer.`,
    advice: 'This is not your doing. Try again later.',
  }),
  waitTooLong: (provider: string, ms: number): ErrorWords => ({
    message: `${provider} takes no more requests for another ${seconds(ms)}.`,
    advice: 'Come back then, or use another provider.',
  }),
} as const;

/** Why something was sent otherwise than asked. */
export const adjustmentWords = {
  dropped: (name: string): string => `${name} was left out: the provider refuses it for this model.`,
  renamed: (from: string, to: string): string => `${from} was sent as ${to}: the provider wants this name.`,
  lowered: (name: string, most: number): string => `${name} was lowered to ${most}: the model takes no more.`,
  thinkingBack: 'The thinking of earlier answers was sent along: the provider wants it back.',
  silentEnd: 'The provider does not say whether its answer is complete; it was taken as it came.',
  noSeed: 'seed was left out: the responses API has none.',
  noStream: 'The answer comes in one piece: the provider does not stream it.',
  systemMerged: 'System messages were sent as messages of the user: the model takes none.',
} as const;
