import { findTask } from '../../tasks/index.ts';
import { restoreFiles } from '../domain/files.ts';
import type { Task } from '../domain/task.ts';
import { createEngine } from '../engines/index.ts';
import { createEvaluate } from '../evaluate/index.ts';
import { defaultLimits } from '../evaluate/limits.ts';
import { createVerifyInWorker } from '../evaluate/verify-in-worker.ts';
import type { Harness, HarnessReport, HarnessServeRequest } from './api.ts';
import { runCollection } from '../postman/run-collection.ts';
import { sendOutside } from './send-outside.ts';
import { host, type Hosted, type HostFailure } from './host.ts';
import { join, Mux } from '../engines/net/mux.ts';

/** Reports are sent together: each crossing of the debugging protocol costs more than what it carries. */
const reportEveryMs = 50;

class Reporter {
  readonly #job: string;
  #waiting: HarnessReport[] = [];
  #timer: number | undefined;

  constructor(job: string) {
    this.#job = job;
  }

  readonly put = (report: HarnessReport): void => {
    if (window.decayReport === undefined) return;
    this.#waiting.push(report);
    this.#timer ??= window.setTimeout(() => void this.flush(), reportEveryMs);
  };

  async flush(): Promise<void> {
    window.clearTimeout(this.#timer);
    this.#timer = undefined;
    const reports = this.#waiting;
    this.#waiting = [];
    if (reports.length > 0) await window.decayReport?.(this.#job, reports);
  }
}

interface Job {
  abort: AbortController;
  /** Settles when nothing of the job is left. */
  finished: Promise<unknown>;
}

const jobs = new Map<string, Job>();

function start<T>(name: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  if (jobs.has(name)) throw new Error(`a job named ${name} is running already`);
  const abort = new AbortController();
  const finished = work(abort.signal).finally(() => jobs.delete(name));
  jobs.set(name, { abort, finished: finished.catch(() => undefined) });
  return finished;
}

function taskOf(id: string): Task {
  const task = findTask(id);
  if (task === undefined) throw new Error(`there is no task ${JSON.stringify(id)}`);
  return task;
}

/** Answers connections that come over the bridge until the submission ends or the job is cancelled. */
async function bridge(hosted: Hosted, url: string, signal: AbortSignal): Promise<HostFailure | undefined> {
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  const mux = new Mux(
    (frame) => socket.send(frame),
    (outside) => {
      hosted.connect().then(
        (inside) => void join(outside, inside),
        () => outside.close(),
      );
    },
  );
  socket.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (data instanceof ArrayBuffer) mux.receive(new Uint8Array(data));
  };
  const cancelled = new Promise<undefined>((done) => {
    signal.addEventListener('abort', () => done(undefined), { once: true });
    if (signal.aborted) done(undefined);
  });
  const lost = new Promise<HostFailure>((done) => {
    socket.onclose = () => done({ blame: 'engine', message: 'the bridge to the page was closed' });
  });
  try {
    return await Promise.race([cancelled, lost, hosted.ended]);
  } finally {
    mux.close();
    socket.close();
  }
}

async function serve(job: string, request: HarnessServeRequest): Promise<'healthy' | HostFailure> {
  const reporter = new Reporter(job);
  const task = taskOf(request.taskId);
  const engine = await createEngine(request.engine, request.settings);
  return new Promise((answer, failed) => {
    const running = start(job, async (signal) => {
      const hosted = await host(
        { engine, task, files: restoreFiles(request.files) },
        { signal, onEvent: (event) => reporter.put({ type: 'event', event }) },
      );
      if ('blame' in hosted) {
        await reporter.flush();
        answer(hosted);
        return;
      }
      answer('healthy');
      try {
        const failure = await bridge(hosted, request.bridge, signal);
        if (failure !== undefined) reporter.put({ type: 'ended', failure });
      } finally {
        await reporter.flush();
        await hosted.stop();
      }
    });
    running.catch(failed);
  });
}

const harness: Harness = {
  async run(job, request) {
    const reporter = new Reporter(job);
    const task = taskOf(request.taskId);
    const engine = await createEngine(request.engine, request.settings);
    const { source, profile, collection, limits = {} } = request;
    const evaluate = createEvaluate({
      limits: { ...defaultLimits, ...limits },
      verify: createVerifyInWorker(),
      runCollection,
    });
    return start(job, async (signal) => {
      try {
        return await evaluate(
          {
            task,
            files: restoreFiles(request.files),
            source,
            engine,
            profile,
            ...(collection !== undefined && { collection }),
          },
          { signal, onEvent: (event) => reporter.put({ type: 'event', event }) },
        );
      } catch (error) {
        if (signal.aborted) return undefined;
        throw error;
      } finally {
        await reporter.flush();
      }
    });
  },

  serve,

  async collect(job, { source, ...options }) {
    return start(job, async (signal) => {
      try {
        return await runCollection(source, { ...options, send: sendOutside(job), signal });
      } catch (error) {
        if (signal.aborted) return undefined;
        throw error;
      }
    });
  },

  async cancel(job) {
    const running = jobs.get(job);
    running?.abort.abort();
    await running?.finished;
  },

  versions: async (engine) => (await createEngine(engine)).versions(),

  async contract(id, name, port, settings) {
    const { runContractCase } = await import('../engines/contract/index.ts');
    const engine = await createEngine(id, settings);
    await runContractCase(engine, engine.capabilities.languages[0] ?? 'node', name, port);
  },

  contractNames: async () => (await import('../engines/contract/index.ts')).contractNames,

  createEngine,
};

window.decay = harness;
