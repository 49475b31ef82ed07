import calendar
import datetime as dt
import time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

d = dt.datetime(2024, 2, 29, 23, 59, 58, 123456)
print(d, repr(d), d.isoformat(), d.isoformat(' ', 'milliseconds'), d.ctime())
print(d.strftime('%Y-%m-%d %H:%M:%S.%f %j %U %W %a %A %b %B %p %I %y %G-W%V-%u %%'))
print(d + dt.timedelta(days=366), d - dt.datetime(2023, 2, 28), dt.timedelta(days=-1, seconds=1), repr(dt.timedelta(hours=36)))
for text in ['2024-01-02', '2024-01-02T03:04', '20240102T030405Z', '2024-01-02T03:04:05.123+02:00', '2024-W01-2', '2024-13-01', '2024-01-02T25:00', 'x']:
    try:
        print(text, repr(dt.datetime.fromisoformat(text)))
    except ValueError as error:
        print(text, error)
for text, form in [('2024-02-30', '%Y-%m-%d'), ('12/31/99', '%m/%d/%y'), ('1 Mar 2024 +0130', '%d %b %Y %z'), ('2024', '%Y-%m'), ('2024-01-01x', '%Y-%m-%d')]:
    try:
        print(repr(dt.datetime.strptime(text, form)))
    except ValueError as error:
        print(error)
for call in [lambda: dt.date(2024, 0, 1), lambda: dt.date(10000, 1, 1), lambda: d < dt.datetime.now(dt.timezone.utc), lambda: d - dt.date(2024, 1, 1), lambda: dt.timedelta(days=10**10)]:
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
berlin = ZoneInfo('Europe/Berlin')
for moment in [dt.datetime(2024, 3, 31, 2, 30, tzinfo=berlin), dt.datetime(2024, 10, 27, 2, 30, tzinfo=berlin), dt.datetime(2024, 10, 27, 2, 30, fold=1, tzinfo=berlin)]:
    print(moment, moment.tzname(), moment.utcoffset(), moment.dst(), moment.astimezone(dt.timezone.utc))
print(dt.datetime(2024, 7, 1, tzinfo=ZoneInfo('America/New_York')).isoformat(), repr(berlin))
try:
    ZoneInfo('Mars/Base')
except ZoneInfoNotFoundError as error:
    print(error)
print(dt.timezone(dt.timedelta(hours=5, minutes=30), 'IST'), dt.timezone.utc, repr(dt.timezone.utc))
print(dt.date(2024, 12, 30).isocalendar(), dt.date.fromisocalendar(2025, 1, 1), calendar.monthrange(2024, 2), calendar.timegm((2024, 1, 1, 0, 0, 0)))
print(calendar.month(2024, 2))
print(time.strftime('%Y %j', time.gmtime(0)), time.gmtime(86400 * 365)[:6], time.tzname, time.timezone)
print(dt.datetime.fromtimestamp(1.5, dt.timezone.utc), dt.datetime(1970, 1, 2, tzinfo=dt.timezone.utc).timestamp(), d.replace(tzinfo=dt.timezone.utc).timestamp())
print(hash(dt.date(2024, 1, 1)) == hash(dt.date(2024, 1, 1)), dt.time(1, 2, tzinfo=dt.timezone.utc), dt.time.fromisoformat('T04:05:06.7'), dt.time.max)
