# install: greenlet==3.5.6
"""Context variables and asyncio."""

import asyncio
import contextvars
import sys

from greenlet import getcurrent, greenlet

var = contextvars.ContextVar('var', default='default')


def attempt(label, action):
    try:
        print(label, '->', repr(action()))
    except BaseException as error:
        print(label, '!', type(error).__name__, error)


main = getcurrent()
var.set('main')


def changes():
    before = var.get()
    var.set('inside')
    main.switch(before)
    return var.get()


g = greenlet(changes)
print(g.gr_context, g.switch(), var.get())
print(type(g.gr_context).__name__, g.gr_context[var])
print(g.switch(), var.get(), g.gr_context[var])

context = contextvars.copy_context()
g = greenlet(changes)
g.gr_context = context
print(g.gr_context is context, g.switch(), context[var], var.get())
print(g.switch(), context[var], var.get())

g = greenlet(changes)
g.gr_context = main.gr_context
print(main.gr_context is getcurrent().gr_context, g.switch(), var.get())
var.set('main again')
print(g.switch(), var.get())

g = greenlet(changes)
g.switch()
g.gr_context = context
context.run(var.set, 'swapped')
print(g.switch(), var.get())
attempt('no context', lambda: setattr(g, 'gr_context', 5))
g = greenlet(changes)
g.gr_context = None
print(g.gr_context, g.switch())


async def child():
    await asyncio.sleep(0)
    return 'awaited', var.get(), asyncio.current_task().get_name()


class Bridge(greenlet):
    """The way SQLAlchemy turns awaiting into a call."""

    def __init__(self, function, driver):
        super().__init__(function, driver)
        self.gr_context = driver.gr_context


def await_only(awaitable):
    current = getcurrent()
    if not isinstance(current, Bridge):
        awaitable.close()
        raise RuntimeError('not in a bridge')
    return current.parent.switch(awaitable)


async def spawn(function, *args):
    bridge = Bridge(function, getcurrent())
    result = bridge.switch(*args)
    while not bridge.dead:
        try:
            value = await result
        except BaseException:
            result = bridge.throw(*sys.exc_info())
        else:
            result = bridge.switch(value)
    return result


def synchronous(label):
    task = asyncio.current_task().get_name()
    same = asyncio.get_running_loop() is loop
    var.set(label)
    first = await_only(child())
    try:
        await_only(failing())
    except ValueError as error:
        second = str(error)
    return task, same, first, second, asyncio.current_task().get_name()


async def failing():
    await asyncio.sleep(0)
    raise ValueError('from a coroutine')


async def job(label):
    var.set('before ' + label)
    result = await spawn(synchronous, label)
    return result, var.get()


async def all_of_them():
    global loop
    loop = asyncio.get_running_loop()
    tasks = [asyncio.create_task(job(f'job{i}'), name=f'task{i}') for i in range(3)]
    for line in await asyncio.gather(*tasks):
        print(line)
    try:
        await_only(child())
    except RuntimeError as error:
        print(error)
    cancelled = asyncio.create_task(spawn(lambda: await_only(asyncio.sleep(60))))
    await asyncio.sleep(0.01)
    cancelled.cancel()
    try:
        await cancelled
    except asyncio.CancelledError:
        print('cancelled')
    print(asyncio.current_task().get_name() is not None, len(asyncio.all_tasks()))


asyncio.run(all_of_them())
print(var.get())
