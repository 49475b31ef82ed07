# run: bash commands.sh
# files: commands.sh
import sys

print(__name__, sys.argv, sys.flags.optimize, sys.flags.isolated, __debug__)
if __name__ == '__main__' and sys.argv[1:] == ['fail']:
    sys.exit('failed')
