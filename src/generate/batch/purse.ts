import { costOf, type Price } from '../client/prices.ts';
import { ModelError, type Answer, type AskRequest, type ModelClient } from '../client/types.ts';

/** US dollars and tokens, in and out together. */
export interface Amount {
  readonly cost: number;
  readonly tokens: number;
}

/** The next question may take more than is left; nothing was asked. */
export class BudgetSpent extends Error {
  override readonly name = 'BudgetSpent';
  constructor(
    /** What the question was taken to need at most. */
    readonly needed: Amount,
  ) {
    super('The next question may take more than is left of the budget.');
  }
}

/** Money that several ask from at the same time: a question sets aside what it may take before it goes out. */
export class Purse {
  readonly #limit: () => Partial<Amount>;
  readonly #spent: () => Amount;
  readonly #aside = new Set<Amount>();
  readonly #waiting = new Set<() => void>();

  /** Both are read anew every time. */
  constructor(limit: () => Partial<Amount>, spent: () => Amount) {
    this.#limit = limit;
    this.#spent = spent;
  }

  /** Whether nothing is left. */
  get empty(): boolean {
    const { cost = Infinity, tokens = Infinity } = this.#limit();
    const spent = this.#spent();
    return spent.cost >= cost || spent.tokens >= tokens;
  }

  /**
   * Sets an amount aside. Waits while it would fit but for what others have set aside.
   * @returns what gives it back
   * @throws BudgetSpent, or the reason of the signal
   */
  async setAside(amount: Amount, signal?: AbortSignal): Promise<() => void> {
    for (;;) {
      signal?.throwIfAborted();
      if (this.empty || !this.#fits([amount])) throw new BudgetSpent(amount);
      if (this.#fits([amount, ...this.#aside])) break;
      await this.#change(signal);
    }
    // Two questions of the same size are two amounts.
    const own = { ...amount };
    this.#aside.add(own);
    return () => {
      this.#aside.delete(own);
      this.wake();
    };
  }

  /** Something was spent or given back, or the limit is another: whoever waits looks again. */
  wake(): void {
    for (const look of this.#waiting) look();
  }

  #fits(amounts: readonly Amount[]): boolean {
    const { cost = Infinity, tokens = Infinity } = this.#limit();
    const sum = { ...this.#spent() };
    for (const amount of amounts) {
      sum.cost += amount.cost;
      sum.tokens += amount.tokens;
    }
    return sum.cost <= cost && sum.tokens <= tokens;
  }

  #change(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        this.#waiting.delete(look);
        signal?.removeEventListener('abort', look);
        resolve();
      };
      this.#waiting.add(look);
      signal?.addEventListener('abort', look, { once: true });
    });
  }
}

/** What an answer took. */
export interface Payment {
  /** US dollars; undefined when the price or the usage is not known. */
  readonly cost: number | undefined;
  readonly input: number;
  readonly output: number;
}

/** What a cell pays from. */
export interface CellPurse {
  setAside(amount: Amount, signal?: AbortSignal): Promise<() => void>;
  paid(payment: Payment): void;
  /** Tokens of an answer of this model, the mean so far; undefined before its first. */
  readonly meanOutput: number | undefined;
}

/** Tokens that are set aside for the first answer of a model whose answers have no limit. */
export const firstOutput = 8_000;
/** Code has more characters to a token: what is set aside for the input is rather too much. */
const charactersPerToken = 3;

/** The most that a question is taken to need: its text, and the limit of the answer, else the mean so far. */
export function estimate(
  { messages, tools = [], parameters }: AskRequest,
  price: Price | undefined,
  meanOutput: number | undefined,
): Amount {
  const characters = messages.reduce(
    (sum, message) =>
      sum +
      message.text.length +
      (message.role === 'assistant'
        ? (message.toolCalls ?? []).reduce((own, call) => own + call.arguments.length, 0)
        : 0),
    tools.length === 0 ? 0 : JSON.stringify(tools).length,
  );
  const input = Math.ceil(characters / charactersPerToken);
  const output = parameters?.maxTokens ?? Math.ceil(meanOutput ?? firstOutput);
  const usage = { input, output, cached: 0, reasoning: 0 };
  return { cost: price === undefined ? 0 : costOf(usage, price), tokens: input + output };
}

/**
 * A client that sets aside what a question may take before it asks, and pays what it took, also for an answer that failed.
 * @param price - looked up for every question; without one, dollars cannot be kept to
 */
export function payFrom(purse: CellPurse, client: ModelClient, price: () => Price | undefined): ModelClient {
  const pay = ({ usage, cost }: Answer): void =>
    purse.paid({ cost, input: usage?.input ?? 0, output: usage?.output ?? 0 });
  return {
    model: client.model,
    async ask(request, options = {}) {
      const giveBack = await purse.setAside(estimate(request, price(), purse.meanOutput), options.signal);
      try {
        const answer = await client.ask(request, options);
        pay(answer);
        return answer;
      } catch (error) {
        if (error instanceof ModelError && error.partial !== undefined) pay(error.partial);
        throw error;
      } finally {
        giveBack();
      }
    },
  };
}
