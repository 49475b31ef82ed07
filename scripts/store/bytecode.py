"""Runs in the sandbox's interpreter at build time: adds the byte code of the modules in /wheel.zip as /code.zip.

As pip leaves it after an installation, but checked against the source by hash in place of time, so that a file that is
edited later is compiled again, whatever the clock says.
"""

import zipfile
from importlib._bootstrap_external import _code_to_hash_pyc
from importlib.util import cache_from_source, source_hash

SITE_PACKAGES = '/usr/local/lib/python3.14/site-packages'
"""Where the modules will lie: the file names in tracebacks."""

FIXED_TIME = (2020, 1, 1, 0, 0, 0)

with zipfile.ZipFile('/wheel.zip') as wheel, zipfile.ZipFile('/code.zip', 'w') as target:
    for name in wheel.namelist():
        source = wheel.read(name)
        try:
            code = compile(source, f'{SITE_PACKAGES}/{name}', 'exec', dont_inherit=True, optimize=0)
        except (SyntaxError, ValueError):
            # Templates and files for other versions: pip passes over them too.
            continue
        entry = zipfile.ZipInfo(cache_from_source(name), FIXED_TIME)
        target.writestr(entry, _code_to_hash_pyc(code, source_hash(source), True))
