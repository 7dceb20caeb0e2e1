"""A reader without a browser: the websocket, uploads and downloads of Streamlit's page, spoken directly."""

import asyncio
import http.client
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browsing import PATIENCE


def run(coroutine):
    """``asyncio.run`` on a thread of its own: the browser of other tests keeps a loop running on this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


@dataclass
class Answer:
    status: int
    headers: dict
    body: bytes


def ask(url, path, method="GET", headers=None, body=None):
    """One HTTP request."""
    where = urlsplit(url)
    connection = http.client.HTTPConnection(where.hostname, where.port, timeout=PATIENCE)
    try:
        connection.request(method, path, body=body, headers=headers or {})
        answer = connection.getresponse()
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
    finally:
        connection.close()


@dataclass
class Reader:
    """One reader's page."""

    url: str
    line: str = ""
    """Another address of the same server to open the page and fetch files through."""
    buttons: dict = field(default_factory=dict)
    texts: list = field(default_factory=list)
    session: str = ""
    uploader: object = None
    place: str | None = None
    widgets: list = field(default_factory=list)

    async def connect(self, origin=None, session=None):
        self.cookie = ask(self.url, "/_stcore/health").headers["set-cookie"].split(";")[0]
        self.token = self.cookie.partition("=")[2]
        self.socket = await websockets.connect(
            (self.line or self.url).replace("http", "ws", 1).rstrip("/") + "/_stcore/stream",
            subprotocols=["streamlit", self.token, *([session] if session else [])],
            additional_headers={"Cookie": self.cookie},
            max_size=2**26,
            ping_interval=None,
            origin=origin,
        )
        return self

    async def look(self, query, widgets=()):
        """Ask for a view and wait until it has come."""
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.widget_states.widgets.extend([*self.widgets, *widgets])
        self.texts = []
        await self.socket.send(message.SerializeToString())
        await self._until("script_finished")

    async def press(self, key):
        """Press a download, named by its widget's key; returns the address of the file, or None when it could not be made."""
        await self.send_press(key)
        answer = (await self._until("backend_operation_response")).backend_operation_response
        return None if answer.error_msg else answer.deferred_file.url

    async def send_press(self, key):
        message = BackMsg()
        request = message.backend_operation_request
        request.request_id, request.session_id = uuid.uuid4().hex, self.session
        request.deferred_file.file_id = self.buttons[key]
        await self.socket.send(message.SerializeToString())

    async def fetch(self, address):
        """What a browser gets at the address of a file."""
        return await asyncio.to_thread(ask, self.line or self.url, address)

    async def put(self, content, name="list.csv", file_id=None, origin=None, session=None, parts=1):
        """Send a file to a session, as a page of `origin` where one is given; returns its id and the answer."""
        file_id, border = file_id or str(uuid.uuid4()), uuid.uuid4().hex
        part = b"\r\n".join((
            f"--{border}".encode(),
            f'Content-Disposition: form-data; name="file"; filename="{name}"'.encode(),
            b"Content-Type: text/csv",
            b"",
            content + b"\r\n",
        ))  # fmt: skip
        headers = {
            "Content-Type": f"multipart/form-data; boundary={border}",
            "Cookie": self.cookie,
            "X-Xsrftoken": self.token,
        } | ({"Origin": origin} if origin else {})
        path, body = (
            f"/_stcore/upload_file/{session or self.session}/{file_id}",
            part * parts + f"--{border}--\r\n".encode(),
        )
        return file_id, await asyncio.to_thread(ask, self.url, path, "PUT", headers, body)

    async def upload(self, content, name="list.csv"):
        """Choose a file in the panel of points and wait until it has been placed."""
        file_id, answer = await self.put(content, name)
        if answer.status == 204:
            await self.choose(file_id, name, len(content))
        return answer

    async def choose(self, file_id, name, size):
        """Tell the page that a file that was sent is the one chosen."""
        message = BackMsg()
        state = message.rerun_script.widget_states.widgets.add()
        state.id = self.uploader.id
        info = state.file_uploader_state_value.uploaded_file_info.add()
        info.file_id, info.name, info.size = file_id, name, size
        info.file_urls.file_id = file_id
        self.widgets = [state]
        self.place = None
        await self.look("panel=points")
        if self.place:  # the page shows what it took the list for, and waits for a press
            pressed = BackMsg().rerun_script.widget_states.widgets.add()
            pressed.id, pressed.trigger_value = self.place, True
            await self.look("panel=points", [pressed])

    async def close(self):
        """Close the page, as a browser does."""
        await self.socket.close(1001)

    def lose(self):
        """Lose the line: nothing says so to the server but the end of the connection."""
        self.socket.transport.abort()

    async def _until(self, kind):
        async with asyncio.timeout(PATIENCE):
            while True:
                message = ForwardMsg()
                message.ParseFromString(await self.socket.recv())
                self._take(message)
                if message.WhichOneof("type") == kind:
                    return message

    def _take(self, message):
        if message.WhichOneof("type") == "new_session":
            self.session = message.new_session.initialize.session_id
        if message.WhichOneof("type") != "delta":
            return
        element = message.delta.new_element
        match element.WhichOneof("type"):
            case "download_button":
                key = element.download_button.id.partition("-get-")[2]
                self.buttons[key] = element.download_button.deferred_file_id
            case "button" if element.button.id.endswith("-points-place"):
                self.place = element.button.id
            case "file_uploader":
                self.uploader = element.file_uploader
            case "markdown":
                self.texts.append(element.markdown.body)
            case "alert":
                self.texts.append(element.alert.body)


@asynccontextmanager
async def reading(url, query="", line=""):
    """A reader with a page open."""
    reader = await Reader(url, line=line).connect()
    try:
        await reader.look(query)
        yield reader
    finally:
        await reader.close()


@asynccontextmanager
async def slow_line(url, delay):
    """Another address of the same server, over a line that takes ``delay`` seconds each way."""
    where = urlsplit(url)

    async def carry(source, target):
        """Bytes arrive ``delay`` after they were sent, in order, however many are under way."""
        loop, under_way = asyncio.get_running_loop(), asyncio.Queue()

        async def arrive():
            while True:
                due, data = await under_way.get()
                await asyncio.sleep(max(0, due - loop.time()))
                if not data:
                    target.close()
                    return
                target.write(data)

        arriving = asyncio.create_task(arrive())
        data = b" "
        while data:
            try:
                data = await source.read(2**16)
            except ConnectionError:
                data = b""
            under_way.put_nowait((loop.time() + delay, data))
        await arriving

    async def connected(source, target):
        from_server, to_server = await asyncio.open_connection(where.hostname, where.port)
        await asyncio.gather(carry(source, to_server), carry(from_server, target), return_exceptions=True)

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
