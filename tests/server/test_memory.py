"""What a process keeps for its readers: bounded, gone when the page is closed, gone soon after the connection broke."""

import asyncio
import contextlib
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from starlette.exceptions import HTTPException
from streamlit.runtime.media_file_storage import MediaFileKind, MediaFileStorageError
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from server.downloads import LIFE, MOST_ASKED, MOST_BYTES, MOST_BYTES_EACH, Downloads, RefusedError, _session
from server.runtime import SWEEP
from server.uploads import FULL, Uploads, most_bytes
from tests.browsing import ROOT, served
from tests.server.reader import PATIENCE, Reader, ask, reading, run

ONE_ROW = b"lat,lon,date\n39.991,46.9274,2020-11-20\n"


async def until(condition, what):
    """Ask again and again; only a server that never does it fails."""
    end = time.monotonic() + PATIENCE
    while not await asyncio.to_thread(condition):
        assert time.monotonic() < end, what
        await asyncio.sleep(0.2)


def test_what_was_made_is_gone_when_the_page_is_closed(app_url):
    async def closed():
        async with reading(app_url, "panel=points") as reader:
            await reader.upload(ONE_ROW)
            address = await reader.press("points")
            assert (await reader.fetch(address)).status == 200
        await until(lambda: ask(app_url, address).status == 404, "the file outlived its page")
        _, answer = await reader.put(ONE_ROW)
        assert answer.status == 400  # nobody has this session

    run(closed())


def test_a_reader_whose_line_broke_comes_back_to_the_list(app_url):
    async def broken():
        async with reading(app_url, "panel=points") as reader:
            await reader.upload(ONE_ROW)
            session = reader.session
            reader.lose()
            await reader.connect(session=session)
            reader.texts = []
            await reader.look("panel=points")
            assert reader.session == session
            assert any("1 row" in text for text in reader.texts), reader.texts

    run(broken())


def test_a_session_whose_reader_never_comes_back_ends_by_itself():
    """On a server that nobody else visits."""
    with served(ATLAS_SESSION_SECONDS="1") as url:

        async def lost():
            reader = await Reader(url).connect()
            await reader.look("panel=points")
            await reader.upload(ONE_ROW)
            address = await reader.press("points")
            reader.lose()
            start = time.monotonic()
            await until(lambda: ask(url, address).status == 404, "the session outlived its reader")
            assert time.monotonic() - start < LIFE  # it went with its session, not because its minute was over

        run(lost())


def test_a_process_holds_so_much_and_says_so():
    """A session holds one list, whatever it sends; others are refused with a sentence when the process is full."""
    with served(ATLAS_UPLOADS_MB="3") as url:

        async def fill():
            async with reading(url, "panel=points") as first, reading(url, "panel=points") as second:
                for number in range(5):
                    _, answer = await first.put(b"x" * 2**21, file_id=f"made-up-{number}")
                    assert answer.status == 204
                _, refused = await second.put(b"x" * 2**21)
                assert refused.status == 503
                assert FULL in refused.body.decode()
                assert refused.headers["retry-after"]
                _, small = await second.put(ONE_ROW)
                assert small.status == 204
                await first.put(b"x" * (3 * 2**20 - len(ONE_ROW)))
                await second.look("panel=points")
                assert FULL in second.texts
            async with reading(url, "panel=points") as third:
                await until(lambda: asyncio.run(third.put(b"x" * 2**21))[1].status == 204, "the room is not given back")

        run(fill())


@pytest.mark.parametrize("text", ["none", "0", "-1", "1.5", "١"])
def test_a_bound_that_is_not_a_number_stops_the_start(text, monkeypatch):
    monkeypatch.setenv("ATLAS_UPLOADS_MB", text)
    with pytest.raises(ValueError, match="ATLAS_UPLOADS_MB"):
        most_bytes()


def test_uploads_are_counted_until_they_go():
    uploads = Uploads("/up", most=100)
    uploads.add_file("a", UploadedFileRec("1", "a.csv", "text/csv", b"x" * 60))
    uploads.drop_content("a", "1")
    with pytest.raises(HTTPException):
        uploads.add_file("b", UploadedFileRec("2", "b.csv", "text/csv", b"x" * 60))
    uploads.add_file("a", UploadedFileRec("3", "a.csv", "text/csv", b"x" * 80))
    assert [file.file_id for file in uploads.get_files("a", ["1", "3"])] == ["3"]
    uploads.remove_file("a", "3")
    uploads.add_file("b", UploadedFileRec("2", "b.csv", "text/csv", b"x" * 100))
    assert uploads.full
    uploads.remove_session_files("b")
    assert not uploads.full


def test_large_lists_leave_no_memory_behind():
    """Rounds of readers with large lists: after they closed their pages the process is as large as after the first round."""
    row = "39.991,46.9274,2020-11-20," + "abcdefgh" * 20 + "\n"
    content = ("lat,lon,date,note\n" + row * 30_000).encode()
    with served(ATLAS_UPLOADS_MB="100") as url:
        process = psutil.Process(listening(url))

        async def round_of_readers():
            async with contextlib.AsyncExitStack() as stack:
                readers = [await stack.enter_async_context(reading(url, "panel=points")) for _ in range(4)]
                await asyncio.gather(*(reader.upload(content) for reader in readers))
            await asyncio.sleep(2 * SWEEP)
            return process.memory_info().rss / 2**20

        async def rounds():
            return [await round_of_readers() for _ in range(3)]

        sizes = run(rounds())
    assert sizes[2] < sizes[0] + 60, sizes  # four lists are 20 MB as they come, 100 MB placed


def listening(url):
    port = int(url.rstrip("/").rpartition(":")[2])
    found = (item for item in psutil.net_connections("tcp") if item.status == "LISTEN" and item.laddr.port == port)
    return next(found).pid


def test_a_process_opens_as_many_files_as_the_system_allows(app_url):
    limits = Path(f"/proc/{listening(app_url)}/limits").read_text(encoding="ascii")
    soft, hard = re.search(r"Max open files +(\S+) +(\S+)", limits).groups()
    assert soft == hard


def test_more_readers_than_the_usual_limit_of_open_files_allows():
    """The process was started with 200 open files allowed, as its shell's soft limit; seventy readers need about 280."""
    program = "import resource, sys, os; resource.setrlimit(resource.RLIMIT_NOFILE, (200, resource.getrlimit(resource.RLIMIT_NOFILE)[1])); import asgi; print(resource.getrlimit(resource.RLIMIT_NOFILE)[0])"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(done.stdout.split()[-1]) == resource.getrlimit(resource.RLIMIT_NOFILE)[1]


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def keep(downloads, session, size=10):
    token = _session.set(session)
    try:
        return downloads.load_and_get_id(b"x" * size, "text/csv", MediaFileKind.DOWNLOADABLE, "a.csv")
    finally:
        _session.reset(token)


def test_a_file_waits_a_minute(clock):
    downloads = Downloads("/media", clock)
    name = keep(downloads, "a")
    downloads.delete_file(name)  # as Streamlit does after any two runs
    clock.now = 59
    assert downloads.get_file(f"{name}.csv").content_size == 10
    clock.now = 61
    with pytest.raises(MediaFileStorageError):
        downloads.get_file(f"{name}.csv")
    downloads.sweep()
    assert downloads.size() == 0


def test_a_session_has_its_share_and_the_process_its_bound(clock):
    downloads = Downloads("/media", clock)
    mine = [keep(downloads, "a", MOST_BYTES_EACH // 2) for _ in range(3)]
    with pytest.raises(MediaFileStorageError):
        downloads.get_file(mine[0])
    assert downloads.get_file(mine[2])
    for session in range(MOST_BYTES // MOST_BYTES_EACH - 1):
        keep(downloads, str(session), MOST_BYTES_EACH)
    keep(downloads, "b", MOST_BYTES_EACH // 2)  # what was fetched made room
    with pytest.raises(RefusedError):
        keep(downloads, "c", MOST_BYTES_EACH)
    downloads.forget("b")
    keep(downloads, "c", MOST_BYTES_EACH // 2)


def test_one_reader_clicks_and_the_others_read_on(app_url):
    """Twelve sheets asked for at once: six are made one after the other, the rest is refused, and another's file comes between."""

    async def clicks():
        async with (
            reading(app_url, "panel=downloads&on=2020-11-25") as greedy,
            reading(app_url, "panel=sources") as other,
        ):
            for _ in range(12):
                await greedy.send_press("PNG")
            answers = []

            async def collect():
                while len(answers) < 12:
                    answers.append((await greedy._until("backend_operation_response")).backend_operation_response)

            collecting = asyncio.create_task(collect())
            assert (await other.fetch(await other.press("BibTeX"))).status == 200
            made = [answer for answer in answers if not answer.error_msg]
            assert len(made) < MOST_ASKED  # the other one did not wait for all of them
            await collecting
            return answers

    answers = run(clicks())
    assert sum(not answer.error_msg for answer in answers) == MOST_ASKED


def test_nothing_is_made_for_a_reader_who_has_gone():
    with served() as url:
        process = psutil.Process(listening(url))

        def used():
            return sum(process.cpu_times()[:2])

        async def gone():
            async with reading(url, "panel=downloads&on=2020-11-25") as reader:
                before = used()
                await reader.fetch(await reader.press("PNG"))
                one = used() - before
                before = used()
                for _ in range(MOST_ASKED):
                    await reader.send_press("PNG")
            last = None
            while last != used():  # until it rests
                last = used()
                await asyncio.sleep(2)
            return one, used() - before

        one, all_of_them = run(gone())
    assert all_of_them < 0.5 * MOST_ASKED * one


def test_a_list_is_not_placed_for_a_reader_who_has_gone():
    """The uploader leaves while a list is read that takes long; the process then rests."""
    rows = "39.991,46.9274,2020-11-20\n" * 50_000
    wide = ("lat,lon,date" + ",c" * 60 + "\n" + rows.replace("\n", ",word" * 30 + "\n")).encode()[: 10 * 2**20]
    with served() as url:
        process = psutil.Process(listening(url))

        def used():
            return sum(process.cpu_times()[:2])

        async def rest(before):
            last = None
            while last != used():
                last = used()
                await asyncio.sleep(2)
            return used() - before

        async def stay_and_go():
            spent = []
            for stays in (True, True, False):  # the first one also loads what all need
                reader = await Reader(url).connect()
                await reader.look("panel=points")
                file_id, answer = await reader.put(wide)
                assert answer.status == 204
                before = used()
                choosing = asyncio.create_task(reader.choose(file_id, "list.csv", len(wide)))
                if stays:
                    await choosing
                else:
                    while used() - before < 0.2 * spent[-1]:  # noqa: ASYNC110 processor time has no event
                        await asyncio.sleep(0)
                    choosing.cancel()
                await reader.close()
                spent.append(await rest(before))
            return spent

        _, stayed, gone = run(stay_and_go())
    assert gone < 0.7 * stayed
