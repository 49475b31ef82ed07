"""Runs the tests of one module of CPython's own and says of each how it ended, on any interpreter.

``python runner.py MODULE FIRST`` runs from test number FIRST on; each line of its output that begins with a record
separator is JSON: ``{"all": [names]}`` once, then ``{"start": number}`` and ``{"end": number, "how": how, "why": text}``.
A process that hangs or dies in one test is started anew behind it by who reads these lines.
"""
import json
import os
import sys
import unittest

SEPARATOR = '\x1e'


def flatten(suite):
    """The single tests of a suite, in order."""
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from flatten(test)
        else:
            yield test


class Result(unittest.TestResult):
    """Writes the start and the end of every test; a test whose subtests fail has failed."""

    def __init__(self, write, numbers):
        super().__init__()
        self.write = write
        self.numbers = numbers
        self.outcome = None

    def startTest(self, test):
        super().startTest(test)
        self.outcome = None
        self.write(start=self.numbers[id(test)])

    def stopTest(self, test):
        super().stopTest(test)
        how, why = self.outcome or ('passed', '')
        self.write(end=self.numbers[id(test)], how=how, why=why)

    def note(self, test, how, why):
        if id(test) not in self.numbers and not hasattr(test, 'test_case'):
            # The fixture of a class or a module: every test of it ends so.
            self.write(fixture=test.id(), how=how, why=why)
        elif self.outcome is None or self.outcome[0] == 'skipped':
            self.outcome = (how, why)

    def addError(self, test, err):
        self.note(test, 'failed', describe(err))

    def addFailure(self, test, err):
        self.note(test, 'failed', describe(err))

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.note(test, 'failed', describe(err))

    def addSkip(self, test, reason):
        self.note(test, 'skipped', reason)

    def addExpectedFailure(self, test, err):
        self.outcome = ('skipped', 'fails as expected')


def describe(err):
    """One line with the error and where in the tests and below them it arose."""
    kind, error, trace = err
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f'{os.path.basename(code.co_filename)}:{trace.tb_lineno} {code.co_name}')
        trace = trace.tb_next
    places = [place for place in places if not place.startswith(('case.py', 'mock.py'))]
    try:
        said = str(error)
    except Exception as failure:
        said = f'no text: {failure!r}'
    return f'{kind.__name__}: {said}'[:600] + ' @ ' + ' < '.join(reversed(places[-4:]))


def main(module, first):
    output = os.fdopen(os.dup(1), 'w', encoding='utf-8')

    def write(**fields):
        output.write(f'\n{SEPARATOR}{json.dumps(fields)}\n')
        output.flush()

    from test import support
    support.use_resources = []
    try:
        suite = unittest.defaultTestLoader.loadTestsFromName(f'test.{module}')
    except unittest.SkipTest as skip:
        write(skip=str(skip))
        return
    tests = list(flatten(suite))
    write(all=[test.id().removeprefix('test.') for test in tests])
    numbers = {id(test): number for number, test in enumerate(tests)}
    # A later process begins in the midst: the suite sees to the fixtures of classes and modules all the same.
    unittest.TestSuite(tests[first:]).run(Result(write, numbers))
    write(done=True)
    output.close()
    sys.stdout.flush()
    # Threads that a test left behind must not hold the end.
    os._exit(0)


if __name__ == '__main__':
    main(sys.argv[1], int(sys.argv[2]))
