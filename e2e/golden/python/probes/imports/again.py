# Modules that are put in place of others, imported again, reloaded; finders of the program's own.
import importlib
import json
import sys
import types

first = json
print(importlib.reload(json) is first)
del sys.modules['json']
import json

print(json is first, hasattr(json, 'decoder'), json.JSONDecoder is first.JSONDecoder)

fake = types.ModuleType('shlex')
fake.mark = 'fake'
sys.modules['shlex'] = fake
import shlex

print(shlex.mark)

sys.modules['gzip'] = None
try:
    import gzip
except ImportError as error:
    print(type(error).__name__, error)


class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == 'uuid':
            print('asked for', name)
        return None


sys.meta_path.insert(0, Finder)
import uuid

print(uuid.UUID(int=5))
print(uuid.__spec__.name, uuid.__name__, uuid.__package__ == '', uuid.__loader__ is uuid.__spec__.loader)
print(importlib.import_module('uuid') is uuid, importlib.import_module('.parse', 'urllib').__name__)

sys.path.insert(0, 'nowhere')
import secrets

print(len(secrets.token_hex(4)))
try:
    import not_there
except ModuleNotFoundError as error:
    print(error, error.name)
