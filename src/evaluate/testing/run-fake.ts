import * as v from 'valibot';
import { expect } from 'vitest';
import { findTask } from '../../../tasks/index.ts';
import { ConduitModel } from '../../../tasks/suite/testing/conduit-model.ts';
import { runRecord, type RunRecord } from '../../domain/run.ts';
import type { Task } from '../../domain/task.ts';
import type { FileMap } from '../../engines/engine.ts';
import { createEvaluate } from '../index.ts';
import { defaultLimits } from '../limits.ts';
import { FakeEngine, type FakeProgram, type FakeScript } from './fake-engine.ts';
import type { RunCollection } from '../../postman/types.ts';
import type { VerifySubmission } from '../verify-stage.ts';
import type { RunEvent, RunRequest } from '../types.ts';

export const forever = new Promise<number>(() => {});
export const files: FileMap = {
  'run.sh': '#!/bin/sh\nexec node server.js\n',
  'package.json': '{}',
  'server.js': '',
};
export const healthy: FakeProgram = ({ listen, write }) => {
  const model = new ConduitModel();
  write('listening\n');
  listen(3000, (request) => model.handle(request));
  return forever;
};
export const ok: FakeProgram = () => 0;
export const answer = (status: number) => ({ status, statusText: '', headers: [], body: new Uint8Array() });

export const limits = {
  ...defaultLimits,
  healthPollMs: 1,
  startMs: 400,
  backgroundGraceMs: 100,
  killGraceMs: 20,
};

export function task(id: string): Task {
  const found = findTask(id);
  if (found === undefined) throw new Error(id);
  return found;
}

/** One run on the fake engine; by default all goes well. */
export interface Setup extends Partial<FakeScript> {
  npm?: FakeProgram;
  run?: FakeProgram;
  files?: FileMap;
  task?: string;
  limits?: Partial<typeof limits>;
  signal?: AbortSignal;
  onEvent?: (event: RunEvent) => void;
  profile?: 'paper' | 'parser';
  collection?: RunRequest['collection'];
  runCollection?: RunCollection;
  verify?: VerifySubmission;
}

/** Runs it, and checks what holds for every run: the record fits its schema, the sandbox is freed. */
export async function run(
  setup: Setup,
): Promise<{ record: RunRecord; engine: FakeEngine; events: RunEvent[] }> {
  const { npm = ok, run: runSh = healthy, programs, boot, mount } = setup;
  const engine = new FakeEngine({
    programs: programs ?? { npm, './run.sh': runSh },
    ...(boot && { boot }),
    ...(mount && { mount }),
  });
  const events: RunEvent[] = [];
  const evaluate = createEvaluate({
    limits: { ...limits, ...setup.limits },
    ...(setup.verify && { verify: setup.verify }),
    ...(setup.runCollection && { runCollection: setup.runCollection }),
  });
  const record = await evaluate(
    {
      task: task(setup.task ?? 'express-unconstrained'),
      files: setup.files ?? files,
      source: { kind: 'paste', label: 'test' },
      engine,
      profile: setup.profile ?? 'paper',
      ...(setup.collection && { collection: setup.collection }),
    },
    {
      ...(setup.signal && { signal: setup.signal }),
      onEvent: (event) => {
        events.push(event);
        setup.onEvent?.(event);
      },
    },
  );
  expect(v.parse(runRecord, structuredClone(record))).toEqual(record);
  expect(engine.sandboxes.every((sandbox) => sandbox.disposed)).toBe(true);
  return { record, engine, events };
}

export const outcome = (record: RunRecord) => record.stages.map((stage) => `${stage.name} ${stage.status}`);
export const message = (record: RunRecord, name: string) =>
  record.stages.find((stage) => stage.name === name)?.message;
