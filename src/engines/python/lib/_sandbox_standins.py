"""What the cores that take the place of packages' compiled modules have in common."""

import _sandbox_core as core

_announced = set()


def announce(package, detail):
    """Puts the replacement into the run record, once."""
    if package not in _announced:
        _announced.add(package)
        core.host.substitution(package, detail)


def version_of(module, distribution):
    """The version of the installed distribution that the module belongs to, as its wheel says."""
    import os

    origin = module.__spec__.origin or ''
    for _ in module.__name__.split('.'):
        origin = origin.rpartition('/')[0]
    for name in os.listdir(origin or '/'):
        stem, _, rest = name.partition('-')
        if rest.endswith('.dist-info') and stem.lower().replace('.', '_') == distribution:
            return rest.removesuffix('.dist-info')
    return '0'


def refuse(package, what):
    """What the core cannot do: the run is unscored, and the program gets an error that says why."""
    detail = f'{package}: {what} is not part of what stands in for its compiled module'
    core.host.unsupported('engine', detail)
    return NotImplementedError(detail)


def as_bytes(value, argument):
    """An argument that compiled code takes as bytes and nothing else, with the error of PyO3."""
    if not isinstance(value, bytes):
        raise TypeError(f"argument '{argument}': '{type(value).__name__}' object cannot be converted to 'PyBytes'")
    return value


def as_buffer(value):
    """The bytes of anything that has a buffer."""
    if type(value) is bytes:
        return value
    try:
        return memoryview(value).tobytes()
    except TypeError:
        hint = '\nDid you mean to pass a bytestring instead?' if isinstance(value, str) else ''
        raise TypeError(f'Cannot convert "{type(value)}" instance to a buffer.{hint}') from None
