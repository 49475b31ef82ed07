/** Why a test may fail that passes on CPython 3.12; the first rule whose patterns fit the test's name and error holds. */
const rules = [
  refused('processes cannot be copied (os.fork)', /fork|Errno 38\] Function not implemented/),
  refused(
    'no subinterpreters and no module for tests of C (_testcapi)',
    /_testcapi|subinterp|run_in_subinterp/i,
  ),
  refused('multiprocessing is refused', /multiprocessing|_multiprocessing|SemLock/),
  refused('descriptors are not handed on to children (pass_fds)', /pass_fds|from_pipe_reader/),
  refused('no terminals', /openpty/),
  refused('no raw sockets, no other families of addresses, no ancillary data', /ancillary|SCM_|Rights/i),
  refused('no TLS', /ssl\.|test_ssl|\[SSL\]/i),
  refused(
    'the sandbox has no network and no names but its own',
    /Network is unreachable|Name or service not known/,
  ),
  refused('a thread that spins is not interrupted', /tight_loops|gh_102056/),
  version('words of messages that later versions changed', /" does not match "/),
  version(
    'names that later versions removed',
    /has no attribute '_(?:tstate_lock|shutdown_locks|start_new_thread)'/,
  ),
  version(
    'a later signature within the standard library',
    /got an unexpected keyword argument|non-iterable Mock object|cannot determine the parent task|PyEagerTaskFactory|_attach\(\) missing 1 required/,
  ),
  version(
    'errors in callbacks of SQLite are told in words, without the object',
    /has no attribute '__name__' @ test_userfunctions/,
  ),
  version(
    'the object is of a class of Python here, not of a type of C',
    /disallow_instantiation|<built-in function/,
  ),
  version(
    'task groups close coroutines that they refuse, and futures take StopIteration, since 3.13',
    /already awaited coroutine|no_create_task_after_failure|test_futures\.\w+\.test_exception /,
  ),
];

function refused(reason, pattern) {
  return { kind: 'refused', reason, pattern };
}

function version(reason, pattern) {
  return { kind: 'version', reason, pattern };
}

/**
 * @param {string} name of a test
 * @param {{ how: string, why: string }} outcome
 * @returns {{ kind: 'version' | 'refused' | 'engine', reason: string }} `engine`: a fault
 */
export function classify(name, { how, why }) {
  const text = `${name} ${why}`;
  const { kind, reason } = rules.find(({ pattern }) => pattern.test(text)) ?? {
    kind: 'engine',
    reason: how === 'failed' ? 'failed' : how === 'skipped' ? 'skipped here' : how,
  };
  return { kind, reason };
}
