"""zoneinfo without the tzdata package."""
import zoneinfo, datetime, time
for k in 'UTC Europe/Berlin America/New_York Asia/Tokyo Asia/Kolkata Australia/Sydney Europe/London America/Sao_Paulo Asia/Kathmandu Africa/Cairo Etc/GMT+5 America/Chicago Pacific/Auckland'.split():
    z = zoneinfo.ZoneInfo(k)
    out = []
    for y in (1975, 1999, 2024, 2050):
        for m in (1, 4, 7, 11):
            d = datetime.datetime(y, m, 1, 12, tzinfo=z)
            out.append((str(d.utcoffset()), d.tzname(), str(d.dst())) )
    print(k, out)
for k in ('Mars/Base', 'a..b', ''):
    try: zoneinfo.ZoneInfo(k)
    except Exception as e: print(type(e).__name__, e)
z = zoneinfo.ZoneInfo('Europe/Berlin')
print(datetime.datetime(2024, 3, 31, 0, 59, 59, tzinfo=datetime.timezone.utc).astimezone(z), datetime.datetime(2024, 3, 31, 1, tzinfo=datetime.timezone.utc).astimezone(z))
print(datetime.datetime(2024, 10, 27, 2, 30, tzinfo=z).utcoffset(), datetime.datetime(2024, 10, 27, 2, 30, fold=1, tzinfo=z).utcoffset())
print(repr(z), str(z), z.key, {'Europe/Berlin', 'America/New_York', 'UTC'} <= zoneinfo.available_timezones())
