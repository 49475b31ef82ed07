"""What a program reads of the version: it is to take the ways that it takes on Python 3.12."""
import platform
import sys
from sys import version_info as version

print(sys.version_info[:2], version >= (3, 13), platform.python_version_tuple()[:2], sys.version.startswith('3.12.'))
print(sys.version_info.major, sys.hexversion >> 16 == 0x30C)
