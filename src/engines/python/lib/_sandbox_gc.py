"""`gc`: collections that leave the stacks of other threads alone.

Since 3.14 the automatic collection walks the frames of all threads. Frames of a suspended thread lie on a stack
whose memory another thread uses meanwhile, so that walk reads rubbish. Collections of the youngest objects and
full ones do not walk stacks; they run here when a thread blocks and enough was allocated.
"""

import gc

import _sandbox_core as core

_YOUNG_OBJECTS = 20_000
"""New objects after which the youngest are collected."""

_YOUNG_PER_FULL = 25
"""Collections of the youngest objects after which all are collected."""

_collect = gc.collect
_enabled = True
_young_collections = 0


def collect(generation=2):
    if generation not in (0, 1, 2):
        raise ValueError('invalid generation')
    return _collect(0 if generation == 0 else 2)


def enable():
    global _enabled
    _enabled = True


def disable():
    global _enabled
    _enabled = False


def isenabled():
    return _enabled


def collect_if_due():
    global _young_collections
    if not _enabled or gc.get_count()[0] < _YOUNG_OBJECTS:
        return
    _young_collections += 1
    _collect(2 if _young_collections % _YOUNG_PER_FULL == 0 else 0)


def install():
    gc.disable()
    for function in (collect, enable, disable, isenabled):
        function.__module__ = 'gc'
        setattr(gc, function.__name__, function)
    core.set_collection(collect_if_due)
