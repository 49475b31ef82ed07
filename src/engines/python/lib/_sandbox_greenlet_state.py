"""What greenlets share with the interpreter's own state of a stack: context variables and the running event loop.

Each stack has a thread state of its own in the interpreter, where the current context and the running loop and task
are kept. Greenlets of one thread share the loop, and each has a context that nobody enters: the pointer is set.
"""

import ctypes
from contextvars import Context

import _sandbox_core as core

_WORD = ctypes.sizeof(ctypes.c_void_p)
_SCANNED_WORDS = 128
"""Of a thread state; the context is well before."""

_get_thread_state = ctypes.pythonapi.PyThreadState_Get
_get_thread_state.restype = ctypes.c_void_p
_get_thread_state.argtypes = []
_increment = ctypes.pythonapi.Py_IncRef
_increment.restype = None
_increment.argtypes = [ctypes.c_void_p]
_decrement = ctypes.pythonapi.Py_DecRef
_decrement.restype = None
_decrement.argtypes = [ctypes.c_void_p]

_swap_current_task = None
_current_task = None
_refresh = Context()


def _find_context():
    """How far into a thread state the pointer to the context is, in bytes."""
    context = Context()

    def find():
        words = (ctypes.c_size_t * _SCANNED_WORDS).from_address(_get_thread_state())
        return list(words).index(id(context)) * _WORD

    return context.run(find)


_OFFSET = _find_context()


def context_slot():
    """Where the running stack keeps its context."""
    return ctypes.py_object.from_address(_get_thread_state() + _OFFSET)


def get_context(slot):
    """The context in a slot, or None."""
    try:
        return slot.value
    except ValueError:
        return None


def set_context(slot, context):
    """Puts a context, or None for none, into a slot. Only the running stack may do it, to its own."""
    word = ctypes.c_size_t.from_address(ctypes.addressof(slot))
    old, new = word.value, 0 if context is None else id(context)
    if old == new:
        return
    if new:
        _increment(new)
    word.value = new
    if old:
        _decrement(old)
    # Variables remember their last value until the interpreter counts a change of context.
    _refresh.run(int)


def running():
    """The running loop and task of this stack."""
    global _swap_current_task, _current_task
    loop = core._get_running_loop()
    if loop is None:
        return None, None
    if _current_task is None:
        from asyncio import current_task
        from asyncio.tasks import _swap_current_task as swap

        _current_task, _swap_current_task = current_task, swap
    return loop, _current_task(loop)


def set_running(loop, task):
    """Makes this stack one that runs this loop and task."""
    core._set_running_loop(loop)
    if loop is not None and _swap_current_task is not None:
        _swap_current_task(loop, task)
