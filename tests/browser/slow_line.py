"""A line to a server that takes its time: a proxy on this machine that holds back what passes, each way."""

import asyncio
import threading
from contextlib import contextmanager
from urllib.parse import urlsplit


class Line:
    """The proxy; ``seconds`` may change while it runs."""

    def __init__(self, target):
        parts = urlsplit(target)
        self.target = parts.hostname, parts.port
        self.seconds = 0.0

    async def connect(self, reader, writer):
        try:
            there = await asyncio.open_connection(*self.target)
        except OSError:
            writer.close()
            return
        await asyncio.gather(self._pass(reader, there[1]), self._pass(there[0], writer))

    async def _pass(self, reader, writer):
        """Hand on in order; what came first leaves first, and each piece leaves when its time has passed."""
        queue = asyncio.Queue()

        async def deliver():
            while (item := await queue.get()) is not None:
                due, data = item
                await asyncio.sleep(max(0, due - loop.time()))
                writer.write(data)
                await writer.drain()

        loop = asyncio.get_running_loop()
        task = asyncio.create_task(deliver())
        try:
            while data := await reader.read(65536):
                queue.put_nowait((loop.time() + self.seconds, data))
        except OSError:
            pass
        finally:
            queue.put_nowait(None)
            await asyncio.gather(task, return_exceptions=True)
            writer.close()


@contextmanager
def slow_line(target):
    """Yields the line and the address at its near end."""
    line, loop = Line(target), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    begun = asyncio.run_coroutine_threadsafe(asyncio.start_server(line.connect, "127.0.0.1", 0), loop)
    server = begun.result()
    yield line, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
