import { afterEach, describe, expect, it, vi } from 'vitest';
import { findTask, tasks } from '../../../tasks/index.ts';
import { limits } from '../../domain/limits.ts';
import { Runs } from '../runs/runs.svelte.ts';
import { scriptedServices } from '../testing/scripted.ts';
import { present } from '../testing/present.ts';
import type { PageRunRequest } from '../services.ts';
import { Live } from './live.svelte.ts';

const request = (id: string, more: Partial<PageRunRequest> = {}): PageRunRequest => ({
  task: present(findTask(id)),
  files: { 'run.sh': id },
  source: { kind: 'paste', label: id },
  ...more,
});

/** The runs of a page over scripted servers, and its document. */
function page(slots = 4) {
  const services = scriptedServices('passed', tasks, 0);
  const runs = new Runs(services.evaluate, undefined, slots);
  const document = Object.assign(new EventTarget(), { hidden: false });
  const open = vi.fn();
  const live = new Live({ runs, serve: services.serve, open, document });
  return { runs, live, open, document };
}

afterEach(() => vi.useRealTimers());

describe('kept servers', () => {
  it('are few: the newest, and that of the run that is shown', async () => {
    const { runs } = page();
    for (const id of ['express-sqlite', 'koa-sqlite', 'hono-sqlite', 'fastify-sqlite'])
      await runs.start(request(id));
    const kept = () => runs.list.filter((run) => run.live !== undefined).map((run) => run.id);
    expect(kept()).toHaveLength(limits.keptServers);
    expect(kept()[0]).toBe(4);
    const shown = present(runs.list.find((run) => run.id === kept()[1]));
    runs.show(shown);
    await runs.start(request('express-unconstrained'));
    runs.show(shown);
    expect(present(runs.list[3]).freed).toContain('make room');
  });

  it('are given up for the one WebContainer of a page', async () => {
    const { runs } = page();
    await runs.start(request('express-sqlite', { webContainer: {} }));
    const [first] = runs.list;
    expect(present(first).live).toBeDefined();
    const second = runs.start(request('koa-sqlite', { webContainer: {} }));
    expect(present(first).live).toBeUndefined();
    await second;
    expect(present(runs.list[0]).live).toBeDefined();
  });

  it('are freed some minutes after the page went into the background, not before', async () => {
    const { runs, document } = page();
    await runs.start(request('express-sqlite'));
    vi.useFakeTimers();
    const hide = (hidden: boolean): void => {
      document.hidden = hidden;
      document.dispatchEvent(new Event('visibilitychange'));
    };
    hide(true);
    vi.advanceTimersByTime(limits.keptHiddenMs - 1);
    hide(false);
    vi.advanceTimersByTime(limits.keptHiddenMs);
    expect(runs.shown?.live).toBeDefined();
    hide(true);
    vi.advanceTimersByTime(limits.keptHiddenMs);
    expect(runs.shown?.live).toBeUndefined();
    expect(runs.shown?.freed).toContain('background');
  });

  it('start again for a run that was opened, and stop on a person’s word', async () => {
    const { runs, live } = page();
    await runs.start(request('express-sqlite'));
    const record = present(runs.shown?.record);
    const opened = page();
    const run = opened.runs.open(record);
    expect([run.phase, run.live, run.assertions.length]).toEqual(['finished', undefined, 72]);
    await opened.live.start(run);
    expect(run.live).toBeDefined();
    opened.live.stop(run);
    expect([run.live, run.freed]).toEqual([undefined, 'The server was stopped.']);
    expect(live.starting(present(runs.shown)).fault).toBeUndefined();
  });
});

describe('the suite alone', () => {
  it('is a run without a record, on the server of the one before, and its console goes with it', async () => {
    const { runs, live } = page();
    await runs.start(request('express-sqlite'));
    const first = present(runs.shown);
    const console = live.console(first);
    console.edit({ path: '/api/tags' });
    await console.send();
    const second = present(live.suiteAlone(first, 'as-is'));
    await expect.poll(() => second.phase).toBe('finished');
    expect(second.record).toBeUndefined();
    expect(second.assertions).toHaveLength(72);
    expect(second.stages.find(({ name }) => name === 'install')).toMatchObject({ status: 'skipped' });
    expect([first.live, first.freed]).toEqual([undefined, 'The server went on to run #2.']);
    expect(live.console(second).sent).toHaveLength(1);
    expect(live.console(first).sent).toHaveLength(0);
    expect(live.console(second).users.map(({ password }) => password)).toEqual(['secret']);
    await live.console(second).send();
    expect(live.console(second).shown?.exchange.response?.status).toBe(200);
  });

  it('leaves what listens to finished runs alone', async () => {
    const { runs, live } = page();
    const told: number[] = [];
    runs.listen('end', (run) => told.push(run.id));
    await runs.start(request('express-sqlite'));
    const second = present(live.suiteAlone(present(runs.shown), 'restarted'));
    await expect.poll(() => second.phase).toBe('finished');
    expect(told).toEqual([1]);
  });
});

describe('RequestConsole', () => {
  async function console() {
    const { runs, live, open } = page();
    await runs.start(request('express-sqlite'));
    return { console: live.console(present(runs.shown)), runs, live, open };
  }

  it('sends with the token of a user, logs them in again when it is refused, and keeps all of it', async () => {
    const { console: one } = await console();
    expect(one.users).toEqual([
      { username: 'ann', email: 'ann@example.com', password: 'secret', token: 'eyJhbGciOi' },
    ]);
    one.choose({ kind: 'user', username: 'ann' });
    one.edit({ path: '/api/user' });
    await one.send();
    expect(one.shown?.exchange.response?.status).toBe(401);
    await one.renew();
    expect([one.renewed, one.user?.token]).toEqual(['login', 'fresh-1']);
    await one.send();
    expect(one.shown?.exchange.response?.status).toBe(200);
    expect(one.sent.map(({ exchange }) => exchange.request.target)).toEqual([
      '/api/user',
      '/api/users/login',
      '/api/user',
    ]);
    await expect.poll(() => one.sent[0]?.lines.map(({ text }) => text)).toEqual(['GET /api/user']);
  });

  it('says of a server that has ended that it has', async () => {
    const { console: one, runs } = await console();
    const server = present(runs.shown?.live);
    vi.spyOn(server, 'request').mockRejectedValue(new Error('connect 127.0.0.1:3000 ECONNREFUSED'));
    await one.send();
    expect(one.shown?.exchange.error).toContain('ECONNREFUSED');
    vi.spyOn(server, 'running', 'get').mockReturnValue(false);
    await one.send();
    expect(one.shown?.exchange.error).toContain('has ended by itself');
  });

  it('sends a large body again as it was', async () => {
    const { console: one } = await console();
    const body = 'ü'.repeat(400_000);
    one.edit({ method: 'POST', path: '/api/echo', body });
    await one.send();
    await one.again(present(one.shown));
    expect(one.sent.map(({ exchange }) => exchange.request.body === body)).toEqual([true, true]);
    expect(one.sent.map(({ bytes }) => bytes > 800_000)).toEqual([true, true]);
  });

  it('takes a request of the suite over, and opens', async () => {
    const { console: one, live, runs, open } = await console();
    live.compose(present(runs.shown?.exchanges[0]));
    expect(one.draft).toMatchObject({ method: 'POST', path: '/api/users' });
    expect(one.who).toEqual({ kind: 'none' });
    expect(open).toHaveBeenCalledOnce();
  });

  it('is cancelled, gives up in time, and says what is wrong with a request', async () => {
    const { console: one } = await console();
    one.edit({ path: '/api/slow' });
    const sent = one.send();
    expect(one.busy).toBe(true);
    one.cancel();
    await sent;
    expect(one.shown?.exchange.error).toContain('cancelled');
    one.timeoutMs = 20;
    await one.send();
    expect(one.shown?.exchange.error).toContain('No whole answer came within 0.02 s');
    one.edit({ path: 'slow' });
    await one.send();
    expect([one.obstacle, one.sent.length]).toEqual([{ kind: 'path' }, 2]);
  });
});
