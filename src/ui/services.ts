import { getContext, setContext } from 'svelte';
import type { RunRecord, StageName } from '../domain/run.ts';
import type { Task } from '../domain/task.ts';
import type { DownloadSizes } from '../engines/download-sizes.ts';
import type { FileMap, Sandbox } from '../engines/engine.ts';
import type { CollectionSummary } from '../postman/read-collection.ts';
import type { RunStore } from '../store/index.ts';
import type { LiveServer, WorkOptions } from '../evaluate/live-types.ts';
import type { RunOptions, RunRequest } from '../evaluate/types.ts';
import type { Prompt } from '../../tasks/prompts/index.ts';

/** A run as the page asks for it; the verifier profile is decided behind `evaluate`. */
export interface PageRunRequest extends Omit<RunRequest, 'engine' | 'profile'> {
  /** Run in a WebContainer; without it the task's language has its embedded engine. */
  webContainer?: { apiKey?: string };
}

const key = Symbol('services');

/** Gives the services to all components below the one that calls this. */
export const provideServices = (services: Services): Services => setContext(key, services);

/** The services that a component above has provided. */
export const getServices = (): Services => getContext<Services>(key);

/** A submission that is flawed on purpose, as the page offers it. */
export interface DefectEntry {
  readonly id: string;
  readonly taskId: string;
  readonly label: string;
  /** What is wrong with it, in a few words. */
  readonly flaw: string;
  /** The stage that fails because of it. */
  readonly fails: StageName;
  /** Where it is seen, when it is one of many things that the submission lacks. */
  readonly trace?: { readonly assertion: string };
}

/** What the page needs from the rest of the product. */
export interface Services {
  readonly tasks: readonly Task[];
  /** Task ids that have a reference submission, with its label. */
  references(): Promise<readonly { readonly taskId: string; readonly label: string }[]>;
  loadReference(taskId: string): Promise<FileMap>;
  defects(): Promise<readonly DefectEntry[]>;
  loadDefect(id: string): Promise<FileMap>;
  /** What a model is asked for the task. */
  prompt(task: Task): Promise<Prompt>;
  /** What a Postman collection is, and what is wrong with the file. */
  readCollection(text: string): Promise<CollectionSummary>;
  /** What is wrong with a Postman environment's file; undefined when it can be used. */
  readEnvironment(text: string): Promise<string | undefined>;
  /** What the collection of a run gave, in Newman's JSON or as a CSV table. */
  exportCollection(record: RunRecord, format: 'json' | 'csv'): Promise<string>;
  /** Gets the task's engine ready while the page has nothing else to do. Never rejects. */
  prepare?(task: Task): Promise<void>;
  /** What a run loads of engine and packages. @throws Error when the lists of both cannot be loaded */
  downloadSizes(
    language: Task['language'],
    packages: readonly (readonly [name: string, version: string])[],
  ): Promise<DownloadSizes>;
  /** The history of runs. Never rejects: without a database it keeps them until the page is closed. */
  openHistory(): Promise<RunStore>;
  /** What only the built app can tell of the browser; each rejects with what is wrong. */
  readonly probes: {
    /** Starts a sandbox without an engine. */
    sandbox(signal: AbortSignal): Promise<{ readonly sharedMemory: boolean; readonly webAssembly: boolean }>;
    /** Asks for the list of the engines' files, past every cache; its bytes. */
    engineFiles(signal: AbortSignal): Promise<number>;
  };
  /** A fresh sandbox for a model that works in one; the caller disposes it. @throws EngineError */
  sandbox(task: Task, signal: AbortSignal): Promise<Sandbox>;
  /** As `Evaluate`; also rejects with an EngineError when the engine cannot be loaded. */
  evaluate(request: PageRunRequest, options: RunOptions): Promise<RunRecord>;
  /** As `Serve`; also rejects with an EngineError when the engine cannot be loaded. */
  serve(request: PageRunRequest, options: WorkOptions): Promise<LiveServer>;
}
