import argparse
import concurrent.futures
import contextvars
import getopt
import gettext
import io
import logging
import logging.config
import logging.handlers
import pprint
import queue
import sched
import secrets
import string
import sys
import time
import types
import unittest
from unittest import mock

parser = argparse.ArgumentParser(prog='tool', description='A tool.', epilog='The end.')
parser.add_argument('file', nargs='+', help='files')
parser.add_argument('-n', '--number', type=int, default=3, metavar='N', help='a number (default: %(default)s)')
parser.add_argument('-v', action='count', default=0)
group = parser.add_mutually_exclusive_group()
group.add_argument('--yes', action='store_true')
group.add_argument('--no', action=argparse.BooleanOptionalAction)
parser.add_argument('--kind', choices=['a', 'b'], required=True)
print(parser.parse_args(['x', 'y', '-vv', '--kind', 'a', '-n5']))
parser.print_usage()
for arguments in [['x'], ['x', '--kind', 'c'], ['x', '--kind', 'a', '-n', 'q'], ['--kind', 'a'], ['x', '--kind', 'a', '--other'], ['x', '--kind', 'a', '--yes', '--no']]:
    try:
        sys.stderr = io.StringIO()
        parser.parse_args(arguments)
    except SystemExit as error:
        text = sys.stderr.getvalue()
        sys.stderr = sys.__stderr__
        print(error.code, text.splitlines()[-1])
sys.stderr = sys.__stderr__
commands = argparse.ArgumentParser(prog='sub')
sub = commands.add_subparsers(dest='command', required=True)
sub.add_parser('run', help='run it').add_argument('--fast', action='store_true')
print(commands.parse_args(['run', '--fast']), commands.format_help())
try:
    print(getopt.getopt(['-a', '-b1', '--long=x', 'rest'], 'ab:', ['long=']))
    getopt.getopt(['-z'], 'a')
except getopt.GetoptError as error:
    print(error)
stream = io.StringIO()
logging.config.dictConfig(
    {
        'version': 1,
        'disable_existing_loggers': False,
        'formatters': {'f': {'format': '%(levelname)-8s %(name)s %(funcName)s:%(message)s'}},
        'handlers': {'s': {'class': 'logging.StreamHandler', 'stream': stream, 'formatter': 'f', 'level': 'DEBUG'}, 'm': {'class': 'logging.handlers.MemoryHandler', 'capacity': 10, 'target': 's'}},
        'loggers': {'a': {'handlers': ['s'], 'level': 'INFO', 'propagate': False}, 'a.b': {'level': 'DEBUG'}},
        'root': {'handlers': ['m'], 'level': 'WARNING'},
    }
)
logging.getLogger('a').debug('hidden')
logging.getLogger('a').info('%s and %d', 'x', 5)
logging.getLogger('a.b').debug('child')
logging.getLogger('other').warning('root %r', {'k': 1}, extra={'e': 1})
logging.getLogger('a').error('bad', exc_info=False, stack_info=False)
logging.getLogger('a').log(25, 'between')
logging.getLogger('a').addFilter(lambda record: 'drop' not in record.getMessage())
logging.getLogger('a').critical('drop me')
logging.shutdown()
print(stream.getvalue(), logging.getLevelName(25), logging.getLogger('a.b').getEffectiveLevel(), logging.getLogger('a').handlers[0].__class__.__name__)
try:
    logging.config.dictConfig({'version': 1, 'handlers': {'x': {'class': 'no.Such'}}})
except ValueError as error:
    print(error, '|', error.__cause__)
logging.getLogger('a').handlers[0].setStream(sys.stdout)
logging.getLogger('a').warning('%d', 7)
record = logging.LogRecord('n', logging.INFO, 'p', 1, 'm %s', ('a',), None)
print(logging.Formatter('{levelname} {message}', style='{').format(record), logging.Formatter('%(asctime)s', '%Y').usesTime(), record)
pprint.pprint({'name': 'x' * 30, 'list': list(range(30)), 'nested': {'a': {'b': ['c' * 20] * 3}}}, width=60)
print(pprint.pformat([1, {'b': 2, 'a': 1}], compact=True), pprint.saferepr('x'))
jobs = queue.PriorityQueue()
for job in [(2, 'b'), (1, 'a')]:
    jobs.put(job)
print(jobs.get(), jobs.qsize(), jobs.empty(), queue.LifoQueue(1).full())
for call in [lambda: queue.Queue().get(timeout=0.01), lambda: queue.Queue().get_nowait(), lambda: [full := queue.Queue(1), full.put(1), full.put(2, timeout=0.01)], lambda: queue.Queue().task_done()]:
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
events = []
scheduler = sched.scheduler(time.monotonic, time.sleep)
scheduler.enter(0.02, 1, events.append, ('late',))
scheduler.enter(0.01, 1, events.append, ('early',))
scheduler.run()
print(events, scheduler.empty())
variable = contextvars.ContextVar('variable', default=0)
token = variable.set(1)
context = contextvars.copy_context()
print(context.run(lambda: (variable.set(5), variable.get())[1]), variable.get(), context[variable])
variable.reset(token)
print(variable.get())
with concurrent.futures.ThreadPoolExecutor(2) as pool:
    futures = [pool.submit(pow, 2, number) for number in range(3)]
    print([future.result() for future in futures], list(pool.map(str, range(3))), concurrent.futures.wait(futures).not_done)
    failing = pool.submit(int, 'x')
    print(repr(failing.exception()), failing.done(), failing.cancel())
try:
    pool.submit(print)
except RuntimeError as error:
    print(error)
print(len(secrets.token_hex(8)), len(secrets.token_urlsafe(16)), secrets.choice([1]), secrets.compare_digest('a', 'a'), 0 <= secrets.randbelow(5) < 5, set(secrets.token_urlsafe(9)) <= set(string.ascii_letters + string.digits + '-_'))
print(gettext.gettext('text'), gettext.ngettext('one', 'many', 2), gettext.NullTranslations().gettext('x'))
try:
    gettext.translation('none')
except FileNotFoundError as error:
    print(error)
fake = mock.Mock(return_value=3, side_effect=None)
fake.child.method.return_value = 'deep'
print(fake(1, a=2), fake.call_args, fake.child.method(), fake.mock_calls, mock.sentinel.x, mock.call(1) == mock.call(1))
with mock.patch('os.getcwd', return_value='/patched'):
    import os

    print(os.getcwd())
try:
    fake.assert_called_with(9)
except AssertionError as error:
    print(error)


class Tests(unittest.TestCase):
    def setUp(self):
        self.value = 1

    def test_good(self):
        self.assertEqual(self.value, 1)
        with self.assertRaisesRegex(ValueError, 'inv'):
            int('x')

    def test_bad(self):
        self.assertEqual({'a': 1}, {'a': 2})

    @unittest.skip('not now')
    def test_skipped(self):
        pass

    def test_sub(self):
        for number in range(2):
            with self.subTest(number=number):
                self.assertLess(number, 1)


out = io.StringIO()
result = unittest.TextTestRunner(out, verbosity=2).run(unittest.defaultTestLoader.loadTestsFromTestCase(Tests))
print(len(result.failures), len(result.skipped), sorted(line for line in out.getvalue().splitlines() if '...' in line))
print(types.ModuleType('m', 'doc').__doc__, types.new_class('N', (), {}, lambda namespace: namespace.update(x=1)).x)
