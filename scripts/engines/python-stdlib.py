"""Runs in the interpreter at build time: /original.zip becomes /compiled.zip, with the byte code of every module."""

import zipfile
from importlib._bootstrap_external import _code_to_hash_pyc
from importlib.util import source_hash

MOUNT_POINT = '/lib/python314.zip'
"""Where the interpreter finds the archive: the file names in tracebacks."""

FIXED_TIME = (2020, 1, 1, 0, 0, 0)
"""For archives that are equal byte for byte."""


def add(archive, name, data):
    entry = zipfile.ZipInfo(name, FIXED_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, data)


def add_module(archive, name, source):
    add(archive, name, source)
    code = compile(source, f'{MOUNT_POINT}/{name}', 'exec', dont_inherit=True, optimize=0)
    # Byte code that is never checked against its source: the archive does not change.
    add(archive, f'{name}c', _code_to_hash_pyc(code, source_hash(source), False))


with zipfile.ZipFile('/original.zip') as original, zipfile.ZipFile('/compiled.zip', 'w') as compiled:
    for name in original.namelist():
        if name.endswith('.py'):
            add_module(compiled, name, original.read(name))
        elif not name.endswith('/'):
            add(compiled, name, original.read(name))
