import concurrent.futures
import contextvars
import queue
import sys
import threading
import time
import _thread

print(threading.current_thread().name, threading.active_count() == 1, threading.main_thread() is threading.current_thread())
results = []
variable = contextvars.ContextVar('variable', default='default')
variable.set('main')


def work(number):
    results.append((number, threading.current_thread().name, variable.get()))


threads = [threading.Thread(target=work, args=(n,), name=f'worker-{n}') for n in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(results))
print([thread.is_alive() for thread in threads], threads[0].daemon)
print(isinstance(threads[0].native_id, int))
for action in (threads[0].start, threading.Thread().join, threading.current_thread().join):
    try:
        action()
    except RuntimeError as error:
        print(error)
sleeper = threading.Thread(target=time.sleep, args=(0.2,), daemon=True)
sleeper.start()
sleeper.join(0.01)
print(sleeper.is_alive())
sleeper.join()
print(sleeper.is_alive())

lock = threading.Lock()
print(lock.acquire(), lock.acquire(False), lock.acquire(timeout=0.01), lock.locked())
lock.release()
for action in (lock.release, lambda: lock.acquire(False, 1), lambda: lock.acquire(timeout=-2), threading.RLock().release,
               lambda: threading.Condition().notify(), lambda: threading.Semaphore(-1), lambda: threading.BoundedSemaphore().release()):
    try:
        action()
    except (RuntimeError, ValueError) as error:
        print(type(error).__name__, error)
rlock = threading.RLock()
with rlock, rlock:
    other = []
    thread = threading.Thread(target=lambda: other.append(rlock.acquire(False)))
    thread.start()
    thread.join()
    print(other)
event = threading.Event()
threading.Timer(0.02, event.set).start()
print(event.wait(5), event.is_set(), threading.Event().wait(0.01))
barrier = threading.Barrier(3)
order = []


def meet():
    order.append(barrier.wait())


threads = [threading.Thread(target=meet) for _ in range(3)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(sorted(order), barrier.broken)
try:
    threading.Barrier(2).wait(0.01)
except threading.BrokenBarrierError as error:
    print('broken', error)
condition, items = threading.Condition(), []


def consume():
    with condition:
        print(condition.wait_for(lambda: items, 5) == [1])


thread = threading.Thread(target=consume)
thread.start()
with condition:
    items.append(1)
    condition.notify_all()
thread.join()
semaphore, most, running = threading.Semaphore(2), 0, 0


def limited():
    global most, running
    with semaphore:
        running += 1
        most = max(most, running)
        time.sleep(0.01)
        running -= 1


threads = [threading.Thread(target=limited) for _ in range(5)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(most)


class Local(threading.local):
    def __init__(self, value):
        self.value = value


local = Local(5)
local.value = 6
seen = []
thread = threading.Thread(target=lambda: seen.append(local.value))
thread.start()
thread.join()
print(seen, local.value)

jobs = queue.Queue(maxsize=2)


def consumer():
    while (item := jobs.get()) is not None:
        results.append(item)
        jobs.task_done()


results.clear()
thread = threading.Thread(target=consumer)
thread.start()
for number in range(6):
    jobs.put(number)
jobs.join()
jobs.put(None)
thread.join()
print(results)
for action in (lambda: queue.Queue().get(timeout=0.01), lambda: queue.Queue().get_nowait(), lambda: queue.SimpleQueue().get(timeout=0.01)):
    try:
        action()
    except queue.Empty as error:
        print(type(error).__name__)

with concurrent.futures.ThreadPoolExecutor(3, thread_name_prefix='pool') as pool:
    print(list(pool.map(lambda number: number * number, range(6))))
    future = pool.submit(int, 'x')
    try:
        future.result()
    except ValueError as error:
        print(error)
    slow = pool.submit(time.sleep, 0.2)
    try:
        slow.result(0.01)
    except TimeoutError as error:
        print(type(error).__name__)
    done, pending = concurrent.futures.wait([slow], timeout=5)
    print(len(done), len(pending))
try:
    pool.submit(print)
except RuntimeError as error:
    print(error)

hooked = []
threading.excepthook = lambda arguments: hooked.append((arguments.exc_type.__name__, str(arguments.exc_value), arguments.thread.name))


def fail():
    raise ValueError('in a thread')


thread = threading.Thread(target=fail, name='failing')
thread.start()
thread.join()
thread = threading.Thread(target=sys.exit, args=('quiet',))
thread.start()
thread.join()
print(hooked)
finished = threading.Lock()
finished.acquire()
print(isinstance(_thread.start_new_thread(finished.release, ()), int), finished.acquire(timeout=5))
print(threading.stack_size(), threading.TIMEOUT_MAX > 1e6, sys.getswitchinterval())
print(len(sys._current_frames()) >= 1, threading.enumerate() == [threading.main_thread()])
traced = []
threading.setprofile(lambda frame, event, argument: traced.append(event) if frame.f_code.co_name == 'work' else None)
thread = threading.Thread(target=work, args=(1,))
thread.start()
thread.join()
threading.setprofile(None)
print(traced.count('call'))
interrupted = threading.Timer(0.05, _thread.interrupt_main)
interrupted.start()
try:
    time.sleep(10)
except KeyboardInterrupt:
    print('interrupted')

print('main ends', flush=True)


def late():
    time.sleep(0.05)
    print('a thread that is waited for at exit')


threading.Thread(target=late).start()
threading.Thread(target=time.sleep, args=(100,), daemon=True).start()
