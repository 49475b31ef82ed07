"""Runs while the interpreter starts, before any module that blocks or talks to the system is imported.

The interpreter is built for a browser: no sockets, no threads, no processes. Everything above that, the
standard library included, is unmodified; the C modules below it are completed here, in place, so that every
later `import socket` or `import threading` finds what it finds on Linux.
"""

import sys

sys.platform = 'linux'

import _sandbox_preload

_sandbox_preload.watch()

import _sandbox_errno
import _sandbox_gc
import _sandbox_thread

_sandbox_errno.install()
_sandbox_gc.install()
_sandbox_thread.install()

import _sandbox_builtins
import _sandbox_modules

_sandbox_builtins.install()
sys.implementation._multiarch = _sandbox_modules.MULTIARCH
