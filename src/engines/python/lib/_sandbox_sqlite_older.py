"""`_sqlite3` as in 3.12: a sequence may fill named parameters, with a warning; 3.14 refuses it."""

import re
import warnings

_REFUSED = re.compile(r"Binding 1 \('(.)[^']*'\) is a named parameter, but you supplied a sequence")
_OURS = (__file__.partition('_sandbox_')[0] + '_sandbox_',)


def takes_by_place(problem):
    """Whether a statement was refused for what 3.12 only warns of."""
    return _REFUSED.match(str(problem)) is not None


class ByPlace(dict):
    """Values of a sequence for names, in the order in which the C code asks: that of the parameters."""

    def __init__(self, problem, values):
        self._values = enumerate(values, 1)
        self._mark = _REFUSED.match(str(problem))[1]

    def __missing__(self, name):
        place, value = next(self._values)
        warnings.warn(
            f"Binding {place} ('{self._mark}{name}') is a named parameter, but you supplied a sequence which requires "
            'nameless (qmark) placeholders. Starting with Python 3.14 an sqlite3.ProgrammingError will be raised.',
            DeprecationWarning,
            skip_file_prefixes=_OURS,
        )
        return value
