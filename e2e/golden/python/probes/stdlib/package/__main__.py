import sys

print('package main', __name__, __package__, sys.argv[1:], sys.path[0] != '')
