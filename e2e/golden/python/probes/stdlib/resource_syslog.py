"""resource, syslog, pwd and grp."""
import grp
import pwd
import resource
import syslog


def show(name, function):
    try:
        print(name, function())
    except Exception as error:
        print(name, type(error).__name__, error)


show('soft above hard', lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (2048, 1024)))
show('unknown limit', lambda: resource.getrlimit(999))
show('unknown who', lambda: resource.getrusage(99))
show('peak', lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > 0)
show('prlimit', lambda: resource.prlimit(0, resource.RLIMIT_NOFILE)[0] > 0)
print(sorted((name, getattr(resource, name)) for name in dir(resource) if name.startswith(('RLIM', 'RUSAGE'))))
print(sorted((name, getattr(syslog, name)) for name in dir(syslog) if name.startswith('LOG_') and name not in ('LOG_MASK', 'LOG_UPTO')))
print(syslog.LOG_UPTO(3), syslog.LOG_MASK(2), syslog.setlogmask(0))
print(pwd.getpwuid(0)[:4], pwd.getpwnam('root').pw_dir, grp.getgrgid(0)[:3])
show('no user', lambda: pwd.getpwnam('nobody-here'))
show('no group', lambda: grp.getgrnam('nobody-here'))
