import type { Scaffold } from './types.ts';
import { answerFormat, planRequest, writeRequest } from './words.ts';

/** A plan first, then the files. */
export const planThenWrite: Scaffold = {
  id: 'plan-then-write',
  name: 'Plan, then write',
  explain:
    'The model writes a plan before any code, and then the server after its own plan, in the same conversation.',
  options: [],
  needs: [],
  async run({ task, promptFor, talk }) {
    const conversation = talk();
    conversation.add({ role: 'user', text: `${promptFor(task).text}\n\n${planRequest}` });
    await conversation.ask('plan');
    conversation.add({ role: 'user', text: `${writeRequest}\n\n${answerFormat}` });
    const { files } = await conversation.askFiles('write', {});
    return { files };
  },
};
