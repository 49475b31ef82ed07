"""`_cffi_backend`: calls of C, which there are none of here."""

import _sandbox_standins as standins


def install(module):
    raise ImportError(str(standins.refuse('cffi', 'loading compiled C code')))
