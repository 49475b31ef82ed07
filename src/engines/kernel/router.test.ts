import { beforeEach, expect, it } from 'vitest';
import { Router } from './router.ts';

let events: string[];
let router: Router;

beforeEach(() => {
  events = [];
  router = new Router(
    {
      onListen: (port, pid) => events.push(`listen ${port} ${pid}`),
      onUnlisten: (port, pid) => events.push(`unlisten ${port} ${pid}`),
      deliver: (pid, port) => events.push(`deliver ${pid} ${port}`),
      deliverPath: (pid, path) => events.push(`deliver ${pid} ${path}`),
      onGone: (endpoint, connection) => events.push(`gone ${endpoint} ${connection}`),
    },
    3,
  );
});

it('hands connections to the listener, and refuses ports without one', () => {
  expect(router.connect(0, 3000)).toBe('ECONNREFUSED');
  expect(router.listen(5, 3000)).toBe(3000);
  expect(router.listen(6, 3000)).toBe('EADDRINUSE');
  expect(router.connect(0, 3000)).toMatchObject({ connection: 1 });
  expect(events).toEqual(['listen 3000 5', 'deliver 5 3000']);
});

it('gives free ports for port 0', () => {
  const one = router.listen(5, 0);
  const two = router.listen(5, 0);
  expect(one).not.toBe(two);
});

it('tells the other ends when a process dies, and frees its ports', () => {
  router.listen(5, 3000);
  router.connect(0, 3000);
  router.connect(7, 3000);
  router.processGone(5);
  expect(events.slice(3)).toEqual(['unlisten 3000 5', 'gone 0 1', 'gone 7 2']);
  expect(router.listen(8, 3000)).toBe(3000);
});

it('does not speak of connections that both ends have closed', () => {
  router.listen(5, 3000);
  router.connect(0, 3000);
  router.close(0, 1);
  router.close(99, 1);
  router.close(5, 1);
  router.processGone(5);
  expect(events.some((event) => event.startsWith('gone'))).toBe(false);
});

it('keeps no more connections than its limit', () => {
  router.listen(5, 3000);
  for (let i = 0; i < 3; i++) expect(router.connect(0, 3000)).toBeTypeOf('object');
  expect(router.connect(0, 3000)).toBe('EMFILE');
  router.close(0, 1);
  router.close(5, 1);
  expect(router.connect(0, 3000)).toBeTypeOf('object');
});

it('lets nobody but its owner stop a listener', () => {
  router.listen(5, 3000);
  router.unlisten(6, 3000);
  expect(router.listen(6, 3000)).toBe('EADDRINUSE');
});
