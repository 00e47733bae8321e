"""A city's evidence folder keeps what is added to it, and nothing else changes it."""

import json
import shutil
import subprocess
import sys
import threading

import pytest

from forestall.errors import InvalidEvidence, NoSpaceLeft, StoreBusy
from forestall.evidence.sources import (
    add_to_folder,
    read_effects,
    read_evidence_folder,
    read_references,
    remove_from_folder,
)
from forestall.records.store import locked
from tests.evidence.effect_files import row, write_csv, write_xlsx

RIS = "TY  - JOUR\nID  - 1\nTI  - {}\nER  -\n"


@pytest.fixture
def place(tmp_path):
    return tmp_path / "evidence"


@pytest.fixture
def city(tmp_path):
    return write_csv(tmp_path / "city.csv", row(), row(study="Other (2021)"))


def write_ris(path, title="Gates"):
    path.write_text(RIS.format(title), encoding="utf-8")
    return path


def state_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != ".lock"}


def test_what_is_added_comes_back_to_the_last_digit(tmp_path, place, city):
    found = write_ris(tmp_path / "found.ris")

    added = add_to_folder(place, city)
    add_to_folder(place, found)

    held = read_evidence_folder(place)
    assert (added.effects, added.references) == (2, 0)
    assert str(added.in_words()) == "“city.csv” brought 2 effects of studies."
    assert held.effects == read_effects(city)
    assert held.references == read_references(found)
    assert held.files == ("city.csv", "found.ris")
    assert set(state_of(place)) == {"manifest.json", "effects.csv", "references.ris"}
    assert read_effects(place / "effects.csv") == held.effects


def test_adding_a_file_twice_changes_nothing(tmp_path, place, city):
    add_to_folder(place, city)
    before = state_of(place)

    again = add_to_folder(place, city)
    copied = add_to_folder(place, shutil.copy(city, tmp_path / "copy.csv"))

    assert (again.effects, again.already_there) == (0, 2)
    assert str(copied.in_words()) == "“copy.csv” brought nothing that was not there."
    assert state_of(place) == before


def test_an_effect_that_two_files_bring_is_kept_once(tmp_path, place, city):
    add_to_folder(place, city)
    book = write_xlsx(
        tmp_path / "more.xlsx",
        row(key="mine", effect=0.65, low=0.5, high=0.845, year=2020),
        row(study="Third (2022)"),
    )

    added = add_to_folder(place, book)

    assert (added.effects, added.already_there) == (1, 1)
    assert len(read_evidence_folder(place).effects) == 3
    remove_from_folder(place, "city.csv")
    assert {one.study for one in read_evidence_folder(place).effects} == {
        "Example (2020)",
        "Third (2022)",
    }


def test_a_corrected_file_takes_the_place_of_the_old_one(place, city):
    add_to_folder(place, city)
    write_csv(city, row(effect="0.7"))

    with pytest.raises(InvalidEvidence, match=r"Another file “city\.csv” was added before"):
        add_to_folder(place, city)
    taken = remove_from_folder(place, "city.csv")
    empty = read_evidence_folder(place)
    add_to_folder(place, city)

    assert taken.effects == -2
    assert empty.effects == ()
    assert [one.effect.published for one in read_evidence_folder(place).effects] == [
        pytest.approx(0.7)
    ]
    with pytest.raises(InvalidEvidence, match=r"No file “other\.csv” was added"):
        remove_from_folder(place, "other.csv")


def test_references_with_the_same_number_in_two_files_are_both_kept(tmp_path, place):
    add_to_folder(place, write_ris(tmp_path / "a.ris", "Gates"))
    add_to_folder(place, write_ris(tmp_path / "b.ris", "Lighting"))
    again = add_to_folder(place, write_ris(tmp_path / "c.ris", "Lighting  "))

    held = read_evidence_folder(place).references
    assert [one.title for one in held] == ["Gates", "Lighting"]
    assert len({one.key for one in held}) == 2
    assert again.references == 0


def test_a_key_of_one_s_own_names_one_effect_only(tmp_path, place):
    add_to_folder(place, write_csv(tmp_path / "a.csv", row(key="mine")))
    before = state_of(place)

    with pytest.raises(InvalidEvidence, match="gives the key “mine” to another effect"):
        add_to_folder(place, write_csv(tmp_path / "b.csv", row(key="mine", effect="0.7")))

    assert state_of(place) == before


def test_a_faulty_file_adds_nothing(tmp_path, place, city):
    faulty = write_csv(tmp_path / "faulty.csv", row(study="New"), row(favours=""))

    with pytest.raises(InvalidEvidence, match=r"1 row of faulty\.csv cannot be used"):
        add_to_folder(place, faulty)

    assert not place.exists()


def test_practices_and_evaluations_are_listed_for_others(place):
    for name in ("practices/b.json", "practices/a.json", "evaluations/2025/x/evaluation.json"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text("{}")

    held = read_evidence_folder(place)

    assert [path.name for path in held.practices] == ["a.json", "b.json"]
    assert [path.relative_to(place).as_posix() for path in held.evaluations] == [
        "evaluations/2025/x/evaluation.json"
    ]
    assert (held.effects, held.references) == ((), ())


def test_a_file_that_was_changed_by_hand_is_named(place, city):
    add_to_folder(place, city)
    (place / "effects.csv").write_text("study\n")

    with pytest.raises(InvalidEvidence, match=r"“effects\.csv” in .* is not as it was written"):
        read_evidence_folder(place)
    (place / "effects.csv").unlink()
    with pytest.raises(InvalidEvidence, match="is not as it was written"):
        add_to_folder(place, city)


@pytest.mark.parametrize(
    "text", ["", "[]", '{"kind": "another"}', "{", '{"kind": 1, "version": 1}']
)
def test_a_manifest_of_another_kind_is_refused(place, city, text):
    place.mkdir()
    (place / "manifest.json").write_text(text)

    with pytest.raises(InvalidEvidence, match="is another or damaged"):
        add_to_folder(place, city)
    assert (place / "manifest.json").read_text() == text


def test_files_of_others_are_never_written_over(tmp_path, place, city):
    place.mkdir()
    (place / "effects.csv").write_text("mine")

    with pytest.raises(InvalidEvidence, match=r"a file “effects\.csv” that no one added"):
        add_to_folder(place, city)

    assert (place / "effects.csv").read_text() == "mine"
    with pytest.raises(InvalidEvidence, match="where files can be written, but"):
        add_to_folder(city, city)
    with pytest.raises(InvalidEvidence, match="An evidence folder is needed"):
        read_evidence_folder(tmp_path / "none")


# Loads everything once; each line on its input is then one addition in a fresh process, which
# kills itself at that step.
KILLS = """
import os, signal, sys
from forestall.evidence.sources import add_to_folder
def counted(real):
    def dies(*arguments, **named):
        global steps
        steps += 1
        if steps == step:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **named)
    return dies
os.fsync, os.replace, os.rename, os.unlink = map(
    counted, (os.fsync, os.replace, os.rename, os.unlink)
)
for line in sys.stdin:
    folder, file, wanted = line.rstrip().split("|")
    steps, step = 0, int(wanted)
    child = os.fork()
    if not child:
        add_to_folder(folder, file)
        os._exit(0)
    print(os.waitpid(child, 0)[1], flush=True)
"""


@pytest.fixture
def killed():
    with subprocess.Popen(
        [sys.executable, "-c", KILLS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:

        def add_and_kill(folder, file, *, at_step):
            print(f"{folder}|{file}|{at_step}", file=process.stdin, flush=True)
            assert process.stdout is not None
            return process.stdout.readline().strip() != "0"

        yield add_and_kill


@pytest.mark.slow
def test_a_killed_process_leaves_the_last_good_state_whatever_it_was_doing(
    tmp_path, place, city, killed
):
    """Every flush, every rename and every removal is a place to be killed."""
    add_to_folder(place, city)
    add_to_folder(place, write_ris(tmp_path / "found.ris"))
    more = write_csv(tmp_path / "more.csv", row(study="Third (2022)"))

    seen, step, dies = [], 0, True
    while dies:
        step += 1
        copy = shutil.copytree(place, tmp_path / f"copy-{step}")
        dies = killed(copy, more, at_step=step)
        seen.append(len(read_evidence_folder(copy).effects))
        assert len(read_evidence_folder(copy).references) == 1
        add_to_folder(copy, more)
        assert len(read_evidence_folder(copy).effects) == 3
        assert set(state_of(copy)) == {"manifest.json", "effects.csv", "references.ris"}

    assert step > 8
    assert set(seen) == {2, 3}
    assert seen == sorted(seen)


FULL = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from forestall.errors import NoSpaceLeft
from forestall.evidence.sources import add_to_folder
resource.setrlimit(resource.RLIMIT_FSIZE, (2048, resource.RLIM_INFINITY))
try:
    add_to_folder(sys.argv[1], sys.argv[2])
except NoSpaceLeft as full:
    print(full)
    sys.exit(7)
"""


def test_a_full_disk_leaves_the_folder_as_it_was(tmp_path, place, city):
    """A limit on the size of files stops writing as a full disk does, at the system call."""
    add_to_folder(place, city)
    before = state_of(place)
    more = write_csv(tmp_path / "more.csv", *(row(study=f"Study {number}") for number in range(50)))

    ended = subprocess.run(
        [sys.executable, "-c", FULL, str(place), str(more)],
        check=False,
        capture_output=True,
        text=True,
    )

    assert ended.returncode == 7, ended.stderr
    assert "The disk is full, so nothing was added" in ended.stdout
    assert state_of(place) == before


@pytest.mark.parametrize(
    "fails", ["pathlib.Path.replace", "forestall.evidence.sources.folder_state._write"]
)
def test_a_disk_that_fills_at_any_step_leaves_the_folder_as_it_was(
    tmp_path, place, city, monkeypatch, fails
):
    add_to_folder(place, city)
    before = state_of(place)
    more = write_csv(tmp_path / "more.csv", row(study="Third"))

    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(fails, full)
    with pytest.raises(NoSpaceLeft, match="The disk is full"):
        add_to_folder(place, more)

    assert state_of(place) == before


def test_a_second_writer_is_refused_when_it_does_not_want_to_wait(place, city):
    place.mkdir()
    with (
        locked(place, when_busy="wait", notify=print),
        pytest.raises(StoreBusy, match="try again later"),
    ):
        add_to_folder(place, city, when_busy="refuse")

    add_to_folder(place, city, when_busy="refuse")


def test_a_second_writer_waits_and_says_so(place, city):
    told = threading.Event()
    place.mkdir()
    with locked(place, when_busy="wait", notify=print):
        waiting = threading.Thread(
            target=add_to_folder, args=(place, city), kwargs={"notify": lambda _: told.set()}
        )
        waiting.start()
        assert told.wait(20)
        assert read_evidence_folder(place).effects == ()
    waiting.join()

    assert len(read_evidence_folder(place).effects) == 2


@pytest.mark.slow
def test_writers_at_the_same_time_lose_nothing(tmp_path, place):
    files = [
        write_csv(tmp_path / f"city-{number}.csv", row(study=f"Study {number}"))
        for number in range(4)
    ]
    code = "import sys; from forestall.evidence.sources import add_to_folder as a; a(*sys.argv[1:])"

    writers = [
        subprocess.Popen([sys.executable, "-c", code, str(place), str(file)]) for file in files
    ]

    assert [writer.wait() for writer in writers] == [0, 0, 0, 0]
    assert len(read_evidence_folder(place).effects) == 4
    assert json.loads((place / "manifest.json").read_text())["changes"] == 4
