import * as v from 'valibot';
import { expect } from 'vitest';
import { runRecord } from '../../../domain/run.ts';
import { renderTemplate } from '../../prompts/variant.ts';
import {
  findScaffold,
  generateRun,
  type GenerateParts,
  type GenerateRequest,
  type GenerationEvent,
} from '../index.ts';
import { FakeClient, written } from './fake-client.ts';
import { around, bad, evaluateFake, good, taskOf } from './world.ts';

interface Given
  extends
    Partial<Omit<GenerateRequest, 'scaffold' | 'task'>>,
    Partial<Pick<GenerateParts, 'pause' | 'sandbox' | 'signal'>> {
  task?: string;
}

/** Plays a way of asking against scripted answers and an evaluation without an engine; the record fits its schema. */
export async function play(
  id: string,
  answers: ConstructorParameters<typeof FakeClient>[0] | FakeClient,
  given: Given = {},
) {
  const scaffold = findScaffold(id);
  if (scaffold === undefined) throw new Error(id);
  const client = answers instanceof FakeClient ? answers : new FakeClient(answers);
  const { task: name = 'express-unconstrained', pause, sandbox, signal, ...request } = given;
  const task = taskOf(name);
  const { evaluate, runs } = evaluateFake(task);
  const events: GenerationEvent[] = [];
  const record = await generateRun(
    { task, scaffold, promptFor: renderTemplate, ...request },
    {
      client,
      evaluate,
      emit: (event) => events.push(event),
      ...(pause && { pause }),
      ...(sandbox && { sandbox }),
      ...(signal && { signal }),
    },
  );
  expect(v.parse(runRecord, structuredClone(record))).toEqual(record);
  return { record, client, runs, events };
}

export const scored = (record: Awaited<ReturnType<typeof play>>['record']) =>
  record.verdict.kind === 'scored' ? record.verdict.score : undefined;
/** An answer whose server passes, and one whose server fails some assertions. */
export const right = written({ ...around, 'server.js': good });
export const wrong = written({ ...around, 'server.js': bad });
