import sys

from . import __name__ as parent

print('tool', __name__, __spec__.name, parent, sys.argv[1:])
