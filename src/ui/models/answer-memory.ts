import * as v from 'valibot';
import { keptAnswer, type AnswerMemory } from '../../generate/scaffolds/index.ts';
import { openShelf } from '../../store/shelf.ts';

/** Opens the place where paid answers are kept, of batches and of single generations. Never rejects. */
export async function openAnswers(): Promise<AnswerMemory & { forget(owner: string): Promise<void> }> {
  const shelf = await openShelf('answers', keptAnswer);
  return {
    find: async (id) => (await shelf.get(id))?.answer,
    keep: async (id, answer) => {
      // What could not be read again need not be written.
      const row = v.safeParse(keptAnswer, { id, answer });
      if (row.success) await shelf.put(row.output);
    },
    forget: (owner) => shelf.removeAll(`${owner}/`),
  };
}
