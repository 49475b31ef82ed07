import sys

print('hello', sys.version_info[:2] >= (3, 12))
print('to stderr', file=sys.stderr)
try:
    {}['missing']
except KeyError as error:
    print(repr(error))
sys.exit(3)
