import { createServer } from 'node:net';
import type { Task } from '../domain/task.ts';
import { nativeEngine } from '../engines/native/index.ts';
import { nativePackages } from '../engines/native/packages.ts';
import { createEvaluate } from '../evaluate/index.ts';
import { host } from '../harness/host.ts';
import { openCollectionHost } from './collection-host.ts';
import type { Runner } from './runner.ts';

/** Whether something on this machine holds a port, on any of the addresses a server would take. */
async function portTaken(port: number): Promise<boolean> {
  for (const address of ['0.0.0.0', '127.0.0.1', '::']) {
    const taken = await new Promise<boolean>((done) => {
      const server = createServer();
      server.once('error', (error) => done('code' in error && error.code === 'EADDRINUSE'));
      server.listen({ port, host: address, exclusive: true }, () => server.close(() => done(false)));
    });
    if (taken) return true;
  }
  return false;
}

/** @throws Error when somebody else has the port that the task wants */
async function requirePort(task: Task): Promise<void> {
  if (!(await portTaken(task.port))) return;
  throw new Error(
    `Port ${task.port} of this machine is in use, and ${task.id} must listen there. Stop what uses it and run again.`,
  );
}

/**
 * Runs submissions as processes of this machine. A collection's scripts run in a browser's sandbox nevertheless.
 * @param dist - Directory of the built app, needed for collections only.
 */
export function nativeRunner(dist: string): Runner {
  return {
    async run(request, options) {
      await requirePort(request.task);
      const collections = request.collection === undefined ? undefined : await openCollectionHost(dist);
      try {
        const evaluate = createEvaluate({
          installedPackages: nativePackages,
          ...(collections !== undefined && { runCollection: collections.run }),
        });
        return await evaluate({ ...request, engine: nativeEngine }, options);
      } finally {
        await collections?.close();
      }
    },
    async serve(task, files, options) {
      await requirePort(task);
      return host({ engine: nativeEngine, task, files }, options);
    },
    close: () => Promise.resolve(),
  };
}
