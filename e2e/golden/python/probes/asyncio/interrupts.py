import asyncio
import logging
import os
import signal
import threading
import time

logging.basicConfig(level=logging.DEBUG, format='%(name)s %(levelname)s %(message)s')


async def interrupted():
    asyncio.get_running_loop().slow_callback_duration = 60
    threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGINT)).start()
    try:
        await asyncio.sleep(30)
    except asyncio.CancelledError:
        print('cancelled')
        raise


try:
    asyncio.run(interrupted(), debug=True)
except KeyboardInterrupt as error:
    print('interrupted', repr(error))


async def slow():
    asyncio.get_running_loop().slow_callback_duration = 60
    await asyncio.sleep(0)


asyncio.run(slow(), debug=True)


def handler(number, frame):
    print('handler', signal.Signals(number).name, frame is not None)


signal.signal(signal.SIGUSR2, handler)
os.kill(os.getpid(), signal.SIGUSR2)
signal.raise_signal(signal.SIGUSR2)
threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGUSR2)).start()
started = time.monotonic()
time.sleep(0.3)
print(time.monotonic() - started >= 0.3)
