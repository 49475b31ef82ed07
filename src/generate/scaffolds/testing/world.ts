import { findTask } from '../../../../tasks/index.ts';
import { ConduitModel } from '../../../../tasks/suite/testing/conduit-model.ts';
import type { RunRecord } from '../../../domain/run.ts';
import type { Task } from '../../../domain/task.ts';
import type { FileMap } from '../../../engines/engine.ts';
import { createEvaluate } from '../../../evaluate/index.ts';
import { FakeEngine, type FakeProgram } from '../../../evaluate/testing/fake-engine.ts';
import { limits } from '../../../evaluate/testing/run-fake.ts';

export function taskOf(id: string): Task {
  const found = findTask(id);
  if (found === undefined) throw new Error(id);
  return found;
}

/** A server that is right when its files say so: `right` passes, `wrong` forgets tags, all else does not start. */
const runSh: FakeProgram = ({ sandbox, listen, write }) => {
  const text = String(sandbox.files.get('server.js') ?? '');
  if (!/right|wrong/.test(text)) {
    write('Error: Cannot find module "koa"\n', 'stderr');
    return 1;
  }
  const model = new ConduitModel();
  const empty = { status: 500, statusText: '', headers: [], body: new TextEncoder().encode('{"oops":true}') };
  listen(3000, async (request) => {
    const answer = await model.handle(request);
    return text.includes('wrong') && request.target === '/api/tags' ? empty : answer;
  });
  return new Promise<number>(() => {});
};

export const good = `// right\nimport express from 'express';\nexpress().listen(3000);\n`;
export const bad = `// wrong\nimport express from 'express';\nexpress().listen(3000);\n`;
export const around = {
  'package.json': '{"type":"module","dependencies":{"express":">=4"}}\n',
  'run.sh': '#!/bin/sh\nexec node server.js\n',
};

/** Runs files as the product does, on an engine whose programs are functions. */
export function evaluateFake(task: Task): {
  evaluate: (files: FileMap, label: string, signal: AbortSignal) => Promise<RunRecord>;
  runs: FileMap[];
} {
  const runs: FileMap[] = [];
  const evaluate = createEvaluate({ limits });
  return {
    runs,
    evaluate: (files, _, signal) => {
      runs.push(files);
      const engine = new FakeEngine({ programs: { npm: () => 0, './run.sh': runSh } });
      return evaluate(
        { task, files, source: { kind: 'model', label: 'test' }, engine, profile: 'parser' },
        { signal },
      );
    },
  };
}
