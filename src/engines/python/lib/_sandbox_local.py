"""`_thread._local`: attributes that every thread has its own values of."""

from _weakref import ref

import _sandbox_core as core

_namespaces = {}
"""Of each thread (by ident) the namespaces that it has of local objects, by their `_Owner`."""


class _Owner:
    """What a local object remembers: how to initialise it for a further thread, and whose values are in place."""

    __slots__ = ('arguments', 'active', 'reference')

    def __init__(self, arguments):
        self.arguments = arguments
        self.active = core.current


def forget_thread(ident):
    """Drops the values of a thread that has ended."""
    _namespaces.pop(ident, None)


class local:
    """Thread-local data; subclasses' `__init__` runs once for every thread that uses an object."""

    __slots__ = ('_local__owner', '__dict__', '__weakref__')

    def __new__(cls, /, *args, **kwargs):
        if (args or kwargs) and cls.__init__ is object.__init__:
            raise TypeError('Initialization arguments are not supported')
        self = object.__new__(cls)
        owner = _Owner((args, kwargs))

        def forget_object(_reference):
            for namespaces in _namespaces.values():
                namespaces.pop(owner, None)

        owner.reference = ref(self, forget_object)
        object.__setattr__(self, '_local__owner', owner)
        _namespaces.setdefault(core.current, {})[owner] = object.__getattribute__(self, '__dict__')
        return self

    def __getattribute__(self, name):
        _enter(self)
        return object.__getattribute__(self, name)

    def __setattr__(self, name, value):
        if name == '__dict__':
            raise AttributeError(f"{type(self).__name__!r} object attribute '__dict__' is read-only")
        _enter(self)
        object.__setattr__(self, name, value)

    def __delattr__(self, name):
        if name == '__dict__':
            raise AttributeError(f"{type(self).__name__!r} object attribute '__dict__' is read-only")
        _enter(self)
        object.__delattr__(self, name)


local.__module__ = '_thread'
local.__name__ = local.__qualname__ = '_local'


def _enter(instance):
    """Puts the running thread's namespace in place."""
    owner = object.__getattribute__(instance, '_local__owner')
    me = core.current
    if owner.active == me:
        return
    namespaces = _namespaces.setdefault(me, {})
    namespace = namespaces.get(owner)
    owner.active = me
    if namespace is not None:
        object.__setattr__(instance, '__dict__', namespace)
        return
    namespaces[owner] = namespace = {}
    object.__setattr__(instance, '__dict__', namespace)
    args, kwargs = owner.arguments
    type(instance).__init__(instance, *args, **kwargs)
