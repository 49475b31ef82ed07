import { agent } from './agent.ts';
import { withExemplar } from './exemplar.ts';
import { planThenWrite } from './plan-then-write.ts';
import { repair, withPerson } from './repair.ts';
import { singleShot } from './single-shot.ts';
import { stepByStep } from './step-by-step.ts';
import type { Scaffold } from './types.ts';

/** Every way of asking, in the order in which they are offered. */
export const scaffolds: readonly Scaffold[] = [
  singleShot,
  planThenWrite,
  withExemplar,
  stepByStep,
  repair,
  withPerson,
  agent,
];

/** The scaffold of this id; undefined when there is none. */
export const findScaffold = (id: string): Scaffold | undefined =>
  scaffolds.find((scaffold) => scaffold.id === id);

export {
  generate,
  generateRun,
  unscored,
  type Generated,
  type GenerateParts,
  type GenerateRequest,
} from './generate.ts';
export { firstQuestion } from './first-question.ts';
export { keptAnswer } from './kept-answer.ts';
export { rememberAnswers, type AnswerMemory } from './remember.ts';
export { optionValues } from './options.ts';
export type { Decision, GenerationEvent, OptionValues, Pause, Scaffold } from './types.ts';
