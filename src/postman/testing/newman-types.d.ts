/** The parts of Newman that the tests use; it has no types of its own. */
declare module 'newman' {
  interface Thrown {
    name?: string;
    message?: string;
  }
  export interface Summary {
    run: {
      stats: Record<string, { total: number; failed: number; pending: number }>;
      failures: { at: string; error: Thrown; cursor: { scriptId?: string } }[];
      executions: object[];
    };
  }
  interface Told {
    cursor: { ref: string; position: number; scriptId?: string };
    item: { name: string };
    assertion: string;
    skipped: boolean;
    event: { listen: string };
    response?: { code: number };
    level: string;
    messages: unknown[];
  }
  interface Run {
    on(event: string, listener: (error: Thrown | null | undefined, told: Told) => void): Run;
  }
  interface Options {
    collection: object;
    environment?: object;
    globalVar: { key: string; value: string }[];
    timeoutRequest: number;
    timeoutScript: number;
    reporters?: string[];
    reporter?: object;
  }
  const newman: {
    run(options: Options, done: (error: Error | null, summary: Summary) => void): Run;
  };
  export default newman;
}
