"""Downloads: nobody gets another's file or an old one, and a file that was made arrives, no matter what others do."""

import asyncio

from layers.export import FORMATS
from panels.downloads import SHEETS, TABLE_FORMATS
from tests.server.reader import reading, run, slow_line

ROWS = 20_000
BUSY_READERS = 10
LINE = 0.2
"""Seconds each way."""


def points(note):
    """A list whose table is larger than 1 MiB; only one row in its middle depends on the note."""
    rows = [f"{number:05d},39.991,46.9274,2020-11-20,plain" for number in range(ROWS)]
    rows[4000] = f"04000,39.991,46.9274,2020-11-20,{note}"
    return ("id,lat,lon,date,note\n" + "\n".join(rows) + "\n").encode()


def test_two_readers_with_lists_of_one_length_get_their_own(app_url):
    async def both():
        async with reading(app_url, "panel=points") as first, reading(app_url, "panel=points") as second:
            await first.upload(points("FIRST READER"))
            await second.upload(points("OTHER READER"))
            ours, theirs = await first.press("points"), await second.press("points")
            return (await first.fetch(ours)).body, (await second.fetch(theirs)).body

    first, second = run(both())
    assert len(first) == len(second) > 2**20
    assert b"FIRST READER" in first
    assert b"OTHER READER" not in first
    assert b"OTHER READER" in second
    assert b"FIRST READER" not in second


def test_a_corrected_list_gives_its_own_table(app_url):
    async def corrected():
        async with reading(app_url, "panel=points") as reader:
            await reader.upload(points("before"))
            await reader.fetch(await reader.press("points"))
            await reader.upload(points("after."))
            return (await reader.fetch(await reader.press("points"))).body

    table = run(corrected())
    assert b"after." in table
    assert b"before" not in table


def test_an_address_says_nothing_and_is_new_each_time(app_url):
    async def twice():
        async with reading(app_url, "panel=sources") as reader:
            return [await reader.press("BibTeX") for _ in range(2)]

    first, second = run(twice())
    assert first != second
    assert len(first.split("/")[-1]) >= 32


def test_every_kind_of_file_comes_over_a_slow_line_while_others_read(app_url):
    """Ten readers who never pause, a line of 400 ms there and back: fifty files, every kind among them."""
    run(fifty_files(app_url))


async def fifty_files(url):
    came, wanted = [], 50
    async with slow_line(url, LINE) as line, asyncio.TaskGroup() as group:
        busy = [group.create_task(step(url, number)) for number in range(BUSY_READERS)]
        async with reading(url, "panel=points", line=line) as reader:
            await reader.upload(points("one list"))
            panels = ["points", "downloads"]  # every kind once, and then those that are quickly made
            while len(came) < wanted:
                panel = panels.pop() if panels else "sources"
                reader.buttons.clear()
                await reader.look(f"on=2020-11-25&panel={panel}")
                for key in list(reader.buttons):
                    answer = await reader.fetch(await reader.press(key))
                    came.append((key, answer.status, len(answer.body) > 0))
        for task in busy:
            task.cancel()
    kinds = {key for key, _, _ in came}
    expected = {fmt.upper() for fmt in SHEETS} | {f"table-{fmt}" for fmt in TABLE_FORMATS}
    expected |= {form.name for form in FORMATS.values()} | {
        "HTML",
        "ZIP",
        "BibTeX",
        "CSL-JSON",
        "points",
        "points-words",
        "post",
    }
    assert expected == kinds
    assert len(came) >= wanted
    assert [fault for fault in came if fault[1:] != (200, True)] == []


async def step(url, number):
    """A reader who steps from day to day about once a second, for as long as the test lasts."""
    async with reading(url, "on=2020-11-25") as reader:
        while True:
            number += 1
            await reader.look(f"on=2020-11-{10 + number % 15}")
            await asyncio.sleep(1)
