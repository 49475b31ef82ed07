"""Time zones for `zoneinfo`, which on a machine are files under /usr/share/zoneinfo: here from the browser's own data.

A zone's offsets are asked of `Intl` month by month; where two differ, the change between them is found by halving.
The result is a file in the format of RFC 8536 (version 2), read by the unmodified `zoneinfo`.
"""

import re
import struct

_FIRST_YEAR, _LAST_YEAR = 1970, 2038
_MONTH = 2_629_746
"""Seconds of a mean month: no zone of these years changes twice within one, but for days in Ramadan."""

_LOCALES = ('en-US', 'en-GB', 'en-AU', 'en-NZ', 'en-IN', 'ja-JP', 'ko-KR', 'en-ZA')
"""Those in which `Intl` abbreviates names of zones; elsewhere it writes an offset."""

_intl = _to_object = None


def attach(intl, to_object):
    """Keeps the browser's `Intl`, and what makes a JavaScript object of a dictionary, while they can be imported."""
    global _intl, _to_object
    _intl, _to_object = intl, to_object


def keys():
    """Names of all zones that the browser lists."""
    return set(_intl.supportedValuesOf('timeZone').to_py()) | {'UTC', 'GMT', 'Etc/UTC', 'Etc/GMT'}


class _Zone:
    """What `Intl` knows about one zone."""

    def __init__(self, key):
        make = _intl.DateTimeFormat.new
        self._parts = make('en-US', _options(key, 'longOffset'))
        self._names = [make(locale, _options(key, 'short')) for locale in _LOCALES]

    def offset(self, moment):
        """Seconds east of UTC at a moment, in seconds since 1970."""
        text = _zone_part(self._parts, moment)
        found = re.fullmatch(r'GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?', text)
        if found is None or found[1] is None:
            return 0
        seconds = int(found[2]) * 3600 + int(found[3]) * 60 + int(found[4] or 0)
        return -seconds if found[1] == '-' else seconds

    def name(self, moment, offset):
        for names in self._names:
            text = _zone_part(names, moment)
            if re.fullmatch(r'[A-Z]{3,5}', text) and (text != 'GMT' or offset == 0):
                return text
        sign, minutes = '-' if offset < 0 else '+', abs(offset) // 60
        return f'{sign}{minutes // 60:02}' + (f'{minutes % 60:02}' if minutes % 60 else '')


def _options(key, style):
    return _to_object({'timeZone': key, 'timeZoneName': style})


def _zone_part(formatter, moment):
    text = formatter.format(moment * 1000)
    return text.rpartition(', ')[2].rpartition(' ')[2] if ', ' in text else text.rpartition(' ')[2]


def _start(year):
    from calendar import timegm

    return timegm((year, 1, 1, 0, 0, 0))


def _changes(zone):
    """(moment, offset) of every change of the offset."""
    result = []
    moment, offset = _start(_FIRST_YEAR), zone.offset(_start(_FIRST_YEAR))
    result.append((moment, offset))
    end = _start(_LAST_YEAR)
    while moment < end:
        later = moment + _MONTH
        new = zone.offset(later)
        if new != offset:
            low, high = moment, later
            while high - low > 1:
                middle = (low + high) // 2
                if zone.offset(middle) == offset:
                    low = middle
                else:
                    high = middle
            result.append((high, new))
            offset = new
        moment = later
    return result


def _rule(changes, names):
    """The rule for the years after the last one, as a POSIX TZ string; '' when there is none."""
    last = [change for change in changes if change[0] >= _start(_LAST_YEAR - 1)]
    if len(last) < 2:
        offset = changes[-1][1]
        return f'{_quoted(names[changes[-1]])}{_posix_offset(offset)}'
    standard = min(last, key=lambda change: change[1])
    summer = max(last, key=lambda change: change[1])
    return (
        f'{_quoted(names[standard])}{_posix_offset(standard[1])}{_quoted(names[summer])}{_posix_offset(summer[1])}'
        f',{_posix_date(summer[0], standard[1])},{_posix_date(standard[0], summer[1])}'
    )


def _quoted(name):
    return name if name.isalpha() else f'<{name}>'


def _posix_offset(offset):
    sign, seconds = '-' if offset > 0 else '', abs(offset)
    return f'{sign}{seconds // 3600}' + (f':{seconds // 60 % 60:02}' if seconds % 3600 else '')


def _posix_date(moment, offset):
    """The day and hour of a change as month.week.weekday/hour, by the clock before it."""
    import time

    local = time.gmtime(moment + offset)
    week = 5 if local.tm_mday + 7 > 28 and local.tm_mday > 24 else (local.tm_mday - 1) // 7 + 1
    return f'M{local.tm_mon}.{week}.{(local.tm_wday + 1) % 7}/{local.tm_hour}'


def make_file(key):
    """The bytes of a zone's file. Raises KeyError for a zone that the browser does not know."""
    if not re.fullmatch(r'[A-Za-z0-9_+\-/]{1,64}', key):
        raise KeyError(key)
    try:
        zone = _Zone(key)
    except Exception:
        raise KeyError(key) from None
    changes = _changes(zone)
    names = {change: zone.name(change[0], change[1]) for change in changes}
    standard = {change: min(offset for _moment, offset in changes[max(0, index - 1) : index + 2])
                for index, change in enumerate(changes)}  # fmt: skip
    kinds, texts = [], b''
    indexes = []
    for change in changes:
        is_summer = len(changes) > 1 and change[1] > standard[change]
        kind = (change[1], is_summer, names[change])
        if kind not in kinds:
            kinds.append(kind)
        indexes.append(kinds.index(kind))
    places = []
    for _offset, _is_summer, name in kinds:
        places.append(len(texts))
        texts += name.encode() + b'\0'
    header = struct.pack('>4sc15x6l', b'TZif', b'2', 0, 0, 0, len(changes), len(kinds), len(texts))
    empty = struct.pack('>4sc15x6l', b'TZif', b'2', 0, 0, 0, 0, 1, 1) + struct.pack('>lbb', 0, 0, 0) + b'\0'
    body = struct.pack(f'>{len(changes)}q', *(moment for moment, _offset in changes)) + bytes(indexes)
    for (offset, is_summer, _name), place in zip(kinds, places):
        body += struct.pack('>lbb', offset, is_summer, place)
    return empty + header + body + texts + b'\n' + _rule(changes, names).encode() + b'\n'


def install(common):
    """Lets `zoneinfo._common` find zones that no file and no package has."""
    import io

    original = common.load_tzdata

    def load_tzdata(key):
        try:
            return original(key)
        except common.ZoneInfoNotFoundError:
            try:
                return io.BytesIO(make_file(key))
            except KeyError:
                raise common.ZoneInfoNotFoundError(f'No time zone found with key {key}') from None

    common.load_tzdata = load_tzdata


def install_list(module):
    """Lets `zoneinfo.available_timezones` list them."""
    original = module.available_timezones

    def available_timezones():
        return original() | keys()

    module.available_timezones = available_timezones
