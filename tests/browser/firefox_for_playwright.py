"""Starts Firefox for Playwright, and answers in its place the one command that Firefox ESR does not know.

Playwright speaks WebDriver BiDi with an unpatched Firefox (channel ``moz-firefox``), but sets the colour scheme of every
page by ``emulation.setMediaFeaturesOverride``, which ESR 153 refuses.  Playwright runs this file as if it were Firefox;
all other messages pass through unread.  Arguments are Firefox's own; ``FIREFOX`` names the browser.
"""

import asyncio
import json
import os
import re
import sys

from websockets.asyncio.client import connect
from websockets.asyncio.server import serve

LISTENING = re.compile(r"WebDriver BiDi listening on ws://([\d.]+):(\d+)")
UNKNOWN = '"emulation.setMediaFeaturesOverride"'


async def relay(client, port):
    """Pass messages between Playwright and Firefox until one of them leaves."""
    async with connect(f"ws://127.0.0.1:{port}{client.request.path}", max_size=None, ping_interval=None) as browser:

        async def to_browser():
            async for message in client:
                if UNKNOWN in message:
                    await client.send(json.dumps({"type": "success", "id": json.loads(message)["id"], "result": {}}))
                else:
                    await browser.send(message)

        async def to_client():
            async for message in browser:
                await client.send(message)

        _, waiting = await asyncio.wait(
            [asyncio.create_task(to_browser()), asyncio.create_task(to_client())], return_when=asyncio.FIRST_COMPLETED
        )
        for task in waiting:
            task.cancel()


async def main():
    """Run Firefox; show Playwright our own address where Firefox says its."""
    process = await asyncio.create_subprocess_exec(
        os.environ["FIREFOX"], *sys.argv[1:], stdout=sys.stdout, stderr=asyncio.subprocess.PIPE
    )
    servers = []
    async for raw in process.stderr:
        line = raw.decode(errors="replace")
        found = LISTENING.search(line)
        if found:
            port = int(found[2])
            server = await serve(lambda client, port=port: relay(client, port), "127.0.0.1", 0, max_size=None)
            servers.append(server)
            line = line.replace(
                found[0], f"WebDriver BiDi listening on ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            )
        sys.stderr.write(line)
        sys.stderr.flush()
    return await process.wait()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
