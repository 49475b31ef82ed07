import type { Binding, RealmContext } from '../context.ts';
import { host } from '../host.ts';

/** The `timers` binding: one libuv timer under all of Node's lists, and the immediates' counters. */
export function createTimersBinding(realm: RealmContext): Binding {
  const { loop } = realm;
  return {
    setupTimers(processImmediate: () => void, processTimers: (now: number) => number) {
      loop.hooks.processImmediate = () => void Reflect.apply(processImmediate, realm.process, []);
      loop.hooks.processTimers = (now) => Reflect.apply(processTimers, realm.process, [now]) as number;
    },
    getLibuvNow: () => loop.getNow(),
    scheduleTimer: (milliseconds: number) => loop.scheduleTimer(milliseconds),
    toggleTimerRef: (refed: boolean) => loop.refTimer(refed),
    toggleImmediateRef: () => loop.refImmediate(),
    immediateInfo: loop.immediateInfo,
    timeoutInfo: loop.timeoutInfo,
  };
}

/** The `task_queue` binding: nextTick, microtasks, and promises whose rejection nobody handled. */
export function createTaskQueueBinding(realm: RealmContext): Binding {
  const { loop } = realm;
  const events = realm.constantsOf('task_queue')['promiseRejectEvents'] as Record<string, number>;
  return {
    tickInfo: loop.tickInfo,
    promiseRejectEvents: events,
    enqueueMicrotask(callback: () => void) {
      host.queueMicrotask(() => {
        realm.promises.leave();
        try {
          callback();
        } catch (error) {
          if (!loop.stopped) loop.callback(() => realm.fatal(error, false), undefined, []);
        }
      });
    },
    setTickCallback(tick: () => void) {
      loop.hooks.tick = () => void Reflect.apply(tick, realm.process, []);
    },
    runMicrotasks: () => loop.runMicrotasks(),
    setPromiseRejectCallback(report: (type: number, promise: unknown, reason: unknown) => void) {
      const listen = (event: PromiseRejectionEvent, type: number): void => {
        event.preventDefault();
        loop.callback(() => report(type, event.promise, event.reason), undefined, []);
      };
      host.addEventListener('unhandledrejection', (event) =>
        listen(event as PromiseRejectionEvent, events['kPromiseRejectWithNoHandler'] ?? 0),
      );
      host.addEventListener('rejectionhandled', (event) =>
        listen(event as PromiseRejectionEvent, events['kPromiseHandlerAddedAfterReject'] ?? 1),
      );
    },
  };
}
