import signal


def on_alarm(number, frame):
    raise TimeoutError('alarm')


signal.signal(signal.SIGALRM, on_alarm)
signal.setitimer(signal.ITIMER_REAL, 0.1)
try:
    while True:
        pass
except TimeoutError as error:
    print(error)
print(signal.alarm(100), signal.alarm(0), signal.getitimer(signal.ITIMER_REAL))
