import type { Scaffold } from './types.ts';
import { answerFormat } from './words.ts';

/** One question, one answer. */
export const singleShot: Scaffold = {
  id: 'single-shot',
  name: 'Single shot',
  explain:
    'The prompt goes out once, and what comes back is run. The plainest way, and the one to compare others with.',
  options: [],
  needs: [],
  async run({ task, promptFor, talk }) {
    const conversation = talk();
    conversation.add({ role: 'user', text: `${promptFor(task).text}\n\n${answerFormat}` });
    const { files } = await conversation.askFiles('write', {});
    return { files };
  },
};
