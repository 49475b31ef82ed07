"""Locks the wheels of the Python store: wanted*.txt in, lock*.txt out.

Usage: python3 scripts/store/lock-python.py [--upgrade] [FOLDER]        (FOLDER: store/python)

Each line of wanted.txt is one requirement, e.g. `flask~=3.0.0`: the newest wheel that fits is locked, or the one that
the lock holds already (`--upgrade` asks anew). What the locked wheels require, on CPython 3.12 on Linux, is added
until each requirement has a wheel that fits; what has none is named. wanted-linux.txt and wanted-linux-312.txt list
what is locked as wheels for Linux, whose compiled parts the build drops. pip of 23.2 or newer is asked, as it is
configured; nothing is installed.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from pip._vendor.packaging.requirements import InvalidRequirement, Requirement
from pip._vendor.packaging.utils import canonicalize_name
from pip._vendor.packaging.version import Version

LINUX = [
    word
    for name in ('manylinux2014_x86_64', 'manylinux_2_17_x86_64', 'manylinux_2_28_x86_64')
    for word in ('--platform', name)
]
KINDS = {
    '': ['--python-version', '3.14', '--abi', 'cp314', '--abi', 'none',
         '--platform', 'pyemscripten_2026_0_wasm32', '--platform', 'any'],
    'linux': ['--python-version', '3.14', '--abi', 'cp314', *LINUX],
    'linux-312': ['--python-version', '3.12', '--abi', 'cp312', *LINUX],
}  # fmt: skip
"""Which wheels pip may choose, by the part of the file names after `wanted-` and `lock-`."""

HEADERS = {
    '': '# Wheels for CPython 3.14 on Emscripten or for any platform. Made by scripts/store/lock-python.py.',
    'linux': '# Linux wheels for CPython 3.14 whose compiled parts are dropped. Made by scripts/store/lock-python.py.',
    'linux-312': '# Linux wheels for CPython 3.12, compiled parts dropped. Made by scripts/store/lock-python.py.',
}
ENVIRONMENT = {
    'implementation_name': 'cpython',
    'implementation_version': '3.12.8',
    'os_name': 'posix',
    'platform_machine': 'x86_64',
    'platform_python_implementation': 'CPython',
    'platform_release': '6.1.0',
    'platform_system': 'Linux',
    'platform_version': '#1 SMP',
    'python_full_version': '3.12.8',
    'python_version': '3.12',
    'sys_platform': 'linux',
}
MISSING = re.compile(r'No matching distribution found for (.+)')


class Locked:
    """One wheel of the lock."""

    def __init__(self, kind, report):
        metadata = report['metadata']
        self.kind = kind
        self.name = canonicalize_name(metadata['name'])
        self.version = metadata['version']
        self.sha256 = report['download_info']['archive_info']['hashes']['sha256']
        self.requires = metadata.get('requires_dist', [])

    def needs(self, extras):
        """Requirements that hold with these extras."""
        for line in self.requires:
            try:
                need = Requirement(line)
            except InvalidRequirement:
                continue
            values = [{**ENVIRONMENT, 'extra': extra} for extra in ('', *extras)]
            if need.marker is None or any(need.marker.evaluate(value) for value in values):
                yield need


def wanted(need):
    """A requirement without extras and marker."""
    return f'{canonicalize_name(need.name)}{need.specifier}'


def read_wanted(path):
    lines = path.read_text().splitlines() if path.exists() else []
    texts = (line.partition('#')[0].strip() for line in lines)
    return [Requirement(text) for text in texts if text]


def read_lock(folder, kind):
    """Versions of an earlier lock by name."""
    versions = {}
    path = lock_file(folder, kind)
    text = path.read_text() if path.exists() else ''
    for name, version in re.findall(r'^([\w.-]+)==(\S+)', text, re.MULTILINE):
        versions.setdefault(canonicalize_name(name), []).append(version)
    return versions


def lock_file(folder, kind):
    return folder / f'lock{"-" + kind if kind else ""}.txt'


def ask(kind, texts):
    """What pip would install for each requirement alone; requirements without a wheel are named and left out."""
    while texts:
        with tempfile.TemporaryDirectory() as scratch:
            listed = Path(scratch, 'wanted.txt')
            listed.write_text('\n'.join(texts) + '\n')
            command = [sys.executable, '-m', 'pip', 'install', '--dry-run', '--quiet', '--no-deps', '--report', '-']
            command += ['--ignore-installed', '--ignore-requires-python', '--only-binary=:all:', '--implementation', 'cp']
            command += [*KINDS[kind], '--target', scratch, '-r', str(listed)]
            done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode == 0:
            return [Locked(kind, report) for report in json.loads(done.stdout)['install']]
        missing = MISSING.search(done.stderr)
        if missing is None:
            sys.exit(done.stderr)
        gone = wanted(Requirement(missing.group(1).partition(' (from')[0]))
        print(f'no wheel{" for " + kind if kind else ""}: {gone}', file=sys.stderr)
        texts = [text for text in texts if wanted(Requirement(text)) != gone]
    return []


class Lock:
    def __init__(self, folder, upgrade):
        self.folder = folder
        self.wheels = {}
        """Lists of `Locked` by name."""
        self.extras = {}
        """Extras that some requirement names, by name of the package."""
        self.refused = set()
        self.earlier = {kind: {} if upgrade else read_lock(folder, kind) for kind in KINDS}

    def fits(self, need):
        known = self.wheels.get(canonicalize_name(need.name), ())
        return [one for one in known if need.specifier.contains(one.version, True)]

    def add(self, kind, needs):
        """Locks a wheel for each requirement, in rounds in which a name occurs once."""
        waiting = [self.as_locked(kind, need) for need in needs]
        while waiting:
            batch, later = {}, []
            for need in waiting:
                if canonicalize_name(need.name) in batch:
                    later.append(need)
                else:
                    batch[canonicalize_name(need.name)] = need
            found = {wheel.name: wheel for wheel in ask(kind, [wanted(need) for need in batch.values()])}
            self.refused.update(wanted(need) for name, need in batch.items() if name not in found)
            for name, wheel in found.items():
                known = self.wheels.setdefault(name, [])
                if all(one.version != wheel.version for one in known):
                    known.append(wheel)
            waiting = later

    def as_locked(self, kind, need):
        """The requirement as an exact one, where the earlier lock has a version for it."""
        name = canonicalize_name(need.name)
        self.extras.setdefault(name, set()).update(need.extras)
        earlier = [one for one in self.earlier[kind].get(name, ()) if need.specifier.contains(one, True)]
        return Requirement(f'{need.name}=={max(earlier, key=Version)}') if earlier else need

    def close(self):
        """Adds what the locked wheels require until nothing is missing that has a wheel."""
        while True:
            missing = {}
            for wheel in [one for known in self.wheels.values() for one in known]:
                for need in wheel.needs(self.extras.get(wheel.name, ())):
                    name = canonicalize_name(need.name)
                    known = self.extras.setdefault(name, set())
                    if not need.extras <= known:
                        known.update(need.extras)
                        missing.setdefault(None, None)
                    if not self.fits(need) and wanted(need) not in self.refused:
                        missing.setdefault(wanted(need), need)
            if not missing:
                return
            self.add('', [need for need in missing.values() if need is not None])

    def write(self):
        for kind, header in HEADERS.items():
            wheels = [one for known in self.wheels.values() for one in known if one.kind == kind]
            wheels.sort(key=lambda one: Version(one.version), reverse=True)
            wheels.sort(key=lambda one: one.name)
            lines = [f'{one.name}=={one.version} --hash=sha256:{one.sha256}' for one in wheels]
            lock_file(self.folder, kind).write_text('\n'.join([header, *lines]) + '\n')


def main():
    words = [word for word in sys.argv[1:] if word != '--upgrade']
    folder = Path(words[0] if words else Path(__file__).parents[2] / 'store/python')
    lock = Lock(folder, '--upgrade' in sys.argv)
    for kind in ('linux', 'linux-312', ''):
        lock.add(kind, read_wanted(folder / f'wanted{"-" + kind if kind else ""}.txt'))
    lock.close()
    lock.write()
    print(f'{sum(len(known) for known in lock.wheels.values())} wheels of {len(lock.wheels)} packages', file=sys.stderr)


main()
