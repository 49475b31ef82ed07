import type { Generation, GenerationStep, TokenUsage } from '../../domain/generation.ts';
import type { Answer } from '../client/types.ts';
import { GenerationFault, type Spending } from './types.ts';

/** Steps that a record keeps; the rest is counted. */
const mostSteps = 400;
/** Characters of one text in a record. */
const longestText = 200_000;

/** What may be spent on one submission. */
export interface Budget {
  /** US dollars; holds where prices are known. */
  readonly cost?: number;
  /** Tokens in and out together. */
  readonly tokens?: number;
  readonly turns?: number;
}

/** Keeps account of a generation: what was asked and answered, and what it took. */
export class Ledger {
  readonly #budget: Budget;
  readonly #onStep: (step: GenerationStep) => void;
  readonly #steps: GenerationStep[] = [];
  #left = 0;
  #turns = 0;
  #usage: TokenUsage | undefined;
  #cost: number | undefined = 0;
  #known = 0;
  #ms = 0;
  #parameters: Generation['parameters'] = {};

  constructor(budget: Budget, onStep: (step: GenerationStep) => void) {
    this.#budget = budget;
    this.#onStep = onStep;
  }

  get spending(): Spending {
    return {
      turns: this.#turns,
      ms: this.#ms,
      ...(this.#usage !== undefined && { usage: this.#usage }),
      ...(this.#cost !== undefined && this.#turns > 0 && { cost: this.#cost }),
    };
  }

  /** @throws GenerationFault `budget` when the next question could not be paid for */
  check(): void {
    const { cost, tokens, turns } = this.#budget;
    const used = (this.#usage?.input ?? 0) + (this.#usage?.output ?? 0);
    const over =
      (cost !== undefined && this.#known >= cost && `the budget of $${cost}`) ||
      (tokens !== undefined && used >= tokens && `the budget of ${tokens.toLocaleString('en')} tokens`) ||
      (turns !== undefined && this.#turns >= turns && `the budget of ${turns} questions`);
    if (over !== false)
      throw new GenerationFault('budget', `Stopped before the next question: ${over} is spent.`);
  }

  answered(answer: Answer): void {
    this.#turns++;
    this.#ms += answer.timings.ms;
    this.#parameters = { ...answer.sent };
    const { usage, cost } = answer;
    if (usage !== undefined) {
      const sum = this.#usage ?? { input: 0, output: 0, cached: 0, reasoning: 0 };
      this.#usage = {
        input: sum.input + usage.input,
        output: sum.output + usage.output,
        cached: sum.cached + usage.cached,
        reasoning: sum.reasoning + usage.reasoning,
      };
    }
    this.#known += cost ?? 0;
    this.#cost = this.#cost === undefined || cost === undefined ? undefined : this.#cost + cost;
  }

  step(step: GenerationStep): void {
    this.#onStep(step);
    if (this.#steps.length >= mostSteps) this.#left++;
    else this.#steps.push(cut(step));
  }

  /** What a run record says about all of it. */
  generation(start: Pick<Generation, 'model' | 'prompts' | 'scaffold'>): Generation {
    const left: GenerationStep[] =
      this.#left === 0 ? [] : [{ kind: 'note', text: `${this.#left} more steps are not kept.` }];
    return {
      ...start,
      parameters: this.#parameters,
      ...this.spending,
      trajectory: [...this.#steps, ...left],
    };
  }
}

const short = (text: string): string =>
  text.length <= longestText
    ? text
    : `${text.slice(0, longestText)}\n[${(text.length - longestText).toLocaleString('en')} more characters]`;

function cut(step: GenerationStep): GenerationStep {
  if (step.kind === 'note') return { ...step, text: short(step.text) };
  if (step.kind === 'tool') return { ...step, arguments: short(step.arguments), result: short(step.result) };
  if (step.kind === 'run') return step;
  return {
    ...step,
    text: short(step.text),
    sent: step.sent.map(({ role, text }) => ({ role, text: short(text) })),
    ...(step.reasoning !== undefined && { reasoning: short(step.reasoning) }),
    ...(step.toolCalls && {
      toolCalls: step.toolCalls.map((call) => ({ ...call, arguments: short(call.arguments) })),
    }),
  };
}
