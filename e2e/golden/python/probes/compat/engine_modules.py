"""The engine's own modules, and what a fresh environment does not have, cannot be imported."""
import importlib.util
import sys

names = 'js pyodide pyodide_js _pyodide _pyodide_core micropip pyodide.ffi setuptools pkg_resources distutils imp asynchat'
for name in names.split():
    try:
        __import__(name)
        print('found', name)
    except ImportError as error:
        print(type(error).__name__, error, error.name)
print([name for name in sys.modules if 'yodide' in name or name == 'js'], importlib.util.find_spec('js'))
