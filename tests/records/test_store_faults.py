"""What happens to a store when an import is killed, finds a full disk, or meets another one."""

import random
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from forestall.errors import InvalidStore, NoSpaceLeft, StoreBusy
from forestall.records import import_incidents, open_incidents
from forestall.records.store import locked, open_manifest, recover
from tests.records.police_uk_rows import row, write

if TYPE_CHECKING:
    from forestall.records.progress import Progress

KILLED = 20
BEFORE, AFTER = 200, 20_200

# Loads everything once; each line on its input is then one import in a fresh process, which is
# killed after so many seconds. A process that has ended keeps its number until it is waited for.
IMPORTS = """
import os, signal, sys, time
from forestall.records import import_incidents
for line in sys.stdin:
    file, store, seconds = line.rstrip().split("|")
    begun = time.monotonic()
    child = os.fork()
    if not child:
        import_incidents(file, store=store)
        os._exit(0)
    if seconds != "never":
        time.sleep(float(seconds))
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    print(time.monotonic() - begun, flush=True)
"""


@pytest.fixture
def importer():
    with subprocess.Popen(
        [sys.executable, "-c", IMPORTS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:

        def import_and_kill(file, store, *, after_seconds):
            print(f"{file}|{store}|{after_seconds}", file=process.stdin, flush=True)
            assert process.stdout is not None
            return float(process.stdout.readline())

        yield import_and_kill


def many(first, rows):
    return [
        row(first + n, month=f"20{10 + n % 9}-0{1 + n % 9}", lon=f"{-1.2 - n % 300 / 1000:.6f}")
        for n in range(rows)
    ]


@pytest.fixture
def store(tmp_path):
    import_incidents(write(tmp_path / "first.csv", many(0, BEFORE)), store=tmp_path / "store")
    return tmp_path / "store"


@pytest.mark.slow
def test_a_killed_import_leaves_the_state_before_or_after(tmp_path, store, importer):
    second = write(tmp_path / "second.csv", many(1000, AFTER - BEFORE))
    numbers = random.Random(20)
    seconds = importer(second, tmp_path / "timed", after_seconds="never")

    seen = []
    for kill in range(KILLED):
        copy = tmp_path / f"store-{kill}"
        shutil.copytree(store, copy)
        importer(second, copy, after_seconds=numbers.uniform(0, seconds))
        opened = open_incidents(copy)
        seen.append(opened.count_rows())
        assert opened.manifest.rows_kept == seen[-1]
        import_incidents(second, store=copy)
        assert open_incidents(copy).count_rows() == AFTER
        assert set(copy.rglob("incidents/*/*")) == {
            copy / part for part in open_manifest(copy).parts
        }
        assert not list(copy.glob(".importing-*"))

    assert set(seen) <= {BEFORE, AFTER}
    assert BEFORE in seen


@pytest.mark.parametrize("step", range(1, 12))
def test_an_import_that_dies_at_any_step_of_the_commit_is_before_or_after(
    tmp_path, store, monkeypatch, step
):
    """Every flush to the disk is a place to die."""
    import forestall.records.store as module
    from forestall import whole_files

    flushes = 0
    real = whole_files.to_disk

    def dies(path):
        nonlocal flushes
        flushes += 1
        if flushes == step:
            raise KeyboardInterrupt
        real(path)

    second = write(tmp_path / "second.csv", [row(9000 + n, month="2018-01") for n in range(5)])
    monkeypatch.setattr(module, "to_disk", dies)
    died = False
    try:
        import_incidents(second, store=store)
    except KeyboardInterrupt:
        died = True
    monkeypatch.undo()

    assert open_incidents(store).count_rows() in ({BEFORE, BEFORE + 5} if died else {BEFORE + 5})
    import_incidents(second, store=store)
    assert open_incidents(store).count_rows() == BEFORE + 5
    assert (store / "rejected.parquet").is_file()
    assert not list(store.glob(".rejected*"))


# With little memory, rows that are read go to the disk before anything is written to the store.
@pytest.mark.parametrize(
    ("kilobytes", "memory", "rows"), [(1, "1GB", 8_000), (8, "1GB", 8_000), (500, "80MB", 300_000)]
)
def test_a_full_disk_leaves_the_state_before(tmp_path, store, kilobytes, memory, rows):
    """A limit on the size of files stops writing as a full disk does, at the system call."""
    second = write(tmp_path / "second.csv", many(1000, rows))
    code = f"""
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from forestall.errors import NoSpaceLeft
from forestall.records import import_incidents, one_import
one_import._MEMORY_LIMIT = "{memory}"
resource.setrlimit(resource.RLIMIT_FSIZE, ({kilobytes * 1024}, resource.RLIM_INFINITY))
try:
    import_incidents(sys.argv[1], store=sys.argv[2])
except NoSpaceLeft as full:
    print(full)
    sys.exit(7)
"""
    ended = subprocess.run(
        [sys.executable, "-c", code, str(second), str(store)],
        check=False,
        capture_output=True,
        text=True,
    )

    assert ended.returncode == 7, ended.stderr
    assert "is as it was before" in ended.stdout
    assert open_incidents(store).count_rows() == BEFORE
    assert not list(store.glob(".importing-*"))


def test_the_system_saying_that_the_disk_is_full_is_named(tmp_path, store, monkeypatch):
    def full(*_arguments, **_settings):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("forestall.records.one_import.commit", full)

    with pytest.raises(NoSpaceLeft, match=r"The disk is full"):
        import_incidents(write(tmp_path / "b.csv", [row(9999)]), store=store)

    assert open_incidents(store).count_rows() == BEFORE


def test_a_second_writer_is_refused_when_it_does_not_want_to_wait(tmp_path, store):
    file = write(tmp_path / "b.csv", [row(9999)])

    with (
        locked(store, when_busy="wait", notify=print),
        pytest.raises(StoreBusy, match=r"Another import is writing"),
    ):
        import_incidents(file, store=store, when_busy="refuse")

    import_incidents(file, store=store, when_busy="refuse")
    assert open_incidents(store).count_rows() == BEFORE + 1


def test_a_second_writer_waits_and_says_so(tmp_path, store):
    import threading

    told: list[Progress] = []
    file = write(tmp_path / "b.csv", [row(9999)])
    with locked(store, when_busy="wait", notify=print):
        waiting = threading.Thread(
            target=import_incidents, args=(file,), kwargs={"store": store, "progress": told.append}
        )
        waiting.start()
        while not told:
            time.sleep(0.01)
        assert open_incidents(store).count_rows() == BEFORE
    waiting.join()

    assert str(told[0].doing).startswith("Another import is writing")
    assert open_incidents(store).count_rows() == BEFORE + 1


def test_a_store_that_lost_a_file_says_so(store):
    next(store.rglob("incidents/*/*.parquet")).unlink()

    with pytest.raises(
        InvalidStore, match=r"its file incidents/year=\d+/0001-0.parquet is missing"
    ):
        open_incidents(store)


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"version": 1}', "\x00"])
def test_a_damaged_manifest_says_so(store, damage):
    (store / "manifest.json").write_text(damage)

    with pytest.raises(InvalidStore, match=r"damaged"):
        open_incidents(store)


def test_a_store_of_a_later_version_asks_for_it(store):
    manifest = (store / "manifest.json").read_text()
    (store / "manifest.json").write_text(manifest.replace('"version": 1', '"version": 2'))

    with pytest.raises(InvalidStore, match=r"install the newer version"):
        open_incidents(store)


def test_recovery_removes_what_a_killed_import_left(store):
    (store / ".importing-99999").mkdir()
    (store / ".importing-99999/staged-0.parquet").write_bytes(b"half")
    (store / "incidents/year=2019").mkdir(exist_ok=True)
    (store / "incidents/year=2019/0002-0.parquet").write_bytes(b"half")

    recover(store)

    assert not (store / ".importing-99999").exists()
    assert not (store / "incidents/year=2019/0002-0.parquet").exists()
    assert open_incidents(store).count_rows() == BEFORE
