import asyncio
import sys


async def main():
    process = await asyncio.create_subprocess_exec(
        sys.executable, '-c', 'import sys; print(sys.stdin.read().upper(), end=""); print("err", file=sys.stderr); sys.exit(3)',
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )
    print(await process.communicate(b'through\n'), process.returncode)
    process = await asyncio.create_subprocess_shell('echo one; echo two >&2; exit 4', stdout=-1, stderr=-2)
    print(await process.stdout.read(), await process.wait())
    try:
        await asyncio.create_subprocess_exec('no-such-program')
    except FileNotFoundError as error:
        print(error)
    process = await asyncio.create_subprocess_exec(sys.executable, '-c', 'import time; time.sleep(60)')
    await asyncio.sleep(0.05)
    process.terminate()
    print(await process.wait())
    process = await asyncio.create_subprocess_exec('sleep', '60')
    process.kill()
    print(await process.wait())
    try:
        await asyncio.wait_for(process.communicate(), 5)
        print('done')
    except Exception as error:
        print(repr(error))


asyncio.run(main(), debug=False)
