import type { Message } from '../client/types.ts';
import { generate, type GenerateRequest } from './generate.ts';
import { GenerationFault } from './types.ts';

/**
 * What a way of asking sends first, with all that it puts around the prompt of the task; nothing is asked.
 * @returns no messages when it cannot be asked like this, such as without an example
 * @throws TemplateError for a prompt that cannot be filled
 */
export async function firstQuestion(
  request: Pick<GenerateRequest, 'task' | 'scaffold' | 'options' | 'promptFor' | 'exemplar'>,
): Promise<readonly Message[]> {
  let sent: readonly Message[] = [];
  const stop = (): Promise<never> =>
    Promise.reject(new GenerationFault('stopped', 'This was only to be looked at.'));
  await generate(request, {
    client: {
      model: { id: '', provider: '' },
      ask: ({ messages }) => {
        sent = messages;
        return stop();
      },
    },
    evaluate: stop,
  });
  return sent;
}
