import sys

print('out', flush=True)
try:
    sys.exit('a message')
finally:
    print('finally')
