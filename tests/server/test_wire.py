"""What a client may send that no page of ours sends: broken frames, chosen sessions, odd uploads.  The others read on."""

import contextlib
import random
import uuid

import pytest
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg

from tests.server.reader import Reader, reading, run

LIST = b"lat,lon,date\n39.991,46.9274,2020-11-20\n"
DRAW = random.Random(20201110)


def message():
    """A message as the page sends it."""
    sound = BackMsg()
    sound.rerun_script.query_string = "on=2020-11-25&panel=clauses"
    return sound.SerializeToString()


def damaged(content):
    """A message with a few bytes changed, missing or more."""
    out = bytearray(content)
    for _ in range(DRAW.choice((1, 2, 5))):
        place = DRAW.randrange(len(out) or 1)
        match DRAW.randrange(3):
            case 0:
                out[place : place + 1] = DRAW.randbytes(1)
            case 1:
                del out[place : place + DRAW.randrange(1, 9)]
            case 2:
                out[place:place] = DRAW.randbytes(DRAW.randrange(1, 9))
    return bytes(out)


FRAMES = [*(DRAW.randbytes(DRAW.randrange(1, 200)) for _ in range(30)), *(damaged(message()) for _ in range(30))]


def test_frames_of_any_bytes_end_their_own_connection_at_most(app_url):
    run(sends_frames(app_url))


async def sends_frames(url):
    async with reading(url, "on=2020-11-25") as other:
        for frame in FRAMES:
            reader = await Reader(url).connect()
            with contextlib.suppress(websockets.ConnectionClosed):
                await reader.socket.send(frame)
            await reader.socket.close()
        await other.look("on=2020-12-01")


def test_nobody_chooses_the_id_of_a_session(app_url):
    run(chooses_a_session(app_url))


async def chooses_a_session(url):
    chosen = str(uuid.uuid4())
    reader = await Reader(url).connect(session=chosen)
    await reader.look("on=2020-11-25")
    assert reader.session
    assert reader.session != chosen
    await reader.close()


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd.csv",
        "a%0d%0aSet-Cookie: x=1.csv",
        "a\\\\\\.csv",
        "C:\\\\con.csv",
        "n" * 60_000,
        "\u202e.csv",
    ],
    ids=["a way out", "a line end", "backslashes", "a device", "60 kB", "from right to left"],
)
def test_an_upload_with_an_odd_name_is_taken_or_refused(app_url, name):
    run(sends(app_url, name))


async def sends(url, name):
    async with reading(url, "panel=points") as reader:
        _, answer = await reader.put(LIST, name.encode().decode("latin-1"))
        assert answer.status in {204, 400}
        assert "x=1" not in answer.headers.get("set-cookie", "")
        assert (await reader.put(LIST, session=str(uuid.uuid4())))[1].status == 400


def test_an_upload_of_many_parts_is_refused(app_url):
    run(sends_parts(app_url))


async def sends_parts(url):
    async with reading(url, "panel=points") as reader:
        _, answer = await reader.put(LIST, parts=2000)
        assert answer.status == 400
        assert (await reader.upload(LIST)).status == 204
        assert any("1 row" in text for text in reader.texts)
