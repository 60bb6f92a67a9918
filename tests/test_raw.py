"""Raw records come back exactly, once each, after kills and damage too."""

import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]
import pytest
from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]

from transforms.raw_record import Exchange, Hints, RawRecord
from warehouse.files import DataFolderError
from warehouse.raw import Damage, DamagedRecordError, RawStore

FETCHED = datetime(2020, 3, 5, 10, 0, 30, tzinfo=UTC)
RECORDS = [
    RawRecord("https://agency.example/a?b=c&d=%20#e", "text/html; charset=utf-8", b"<p>One</p>"),
    RawRecord("file:My Büro — news.jsonl", "application/json", b'{"id": 1}'),
    RawRecord("file:empty.txt", "text/plain", b""),
    RawRecord("file:nul.txt", "text/plain", b"\x00\r\n\r\nWARC/1.1\r\n\xff\x1f\x8b"),
    RawRecord("https://a.example/", "text/html\r\nX: y", b"<p>" * 9_000, "feed-1", "Çağ", FETCHED),
    RawRecord("file:50%.txt", "", b"x", "local", "A: b\r\nc", None),
]
HINTS = Hints("g-1", "Talks — in brief", FETCHED, "second", "en", "Asia/Baku")
ANSWER = (
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n"
    "X-Name: \xc7a\u011f"
)
NETWORK = [
    RawRecord(
        f"https://agency.example/{number}",
        "text/html",
        b"<p>One</p>\r\n\r\n<p>Two</p>%d" % number,
        "feed-1",
        "Agency",
        FETCHED,
        HINTS,
        Exchange(f"GET /{number} HTTP/1.1\r\nhost: agency.example", ANSWER),
    )
    for number in range(3)
]


def many(count: int) -> list[RawRecord]:
    return [RawRecord("file:x.jsonl", "application/json", b"%d" % n * 9) for n in range(count)]


def ids(records: list[RawRecord]) -> list[str]:
    return [record.record_id for record in records]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_records_come_back_as_they_were(tmp_path: Path) -> None:
    store = RawStore(tmp_path / "raw")
    assert store.append(RECORDS) == (len(RECORDS), 0)
    assert store.ids() == set(ids(RECORDS))
    assert list(store.read(store.ids())) == RECORDS
    assert list(RawStore(tmp_path / "raw").read(ids(RECORDS[3:5]))) == RECORDS[3:5]


def test_records_of_many_files_are_found_in_the_order_of_writing(tmp_path: Path) -> None:
    store, records = RawStore(tmp_path), many(12)
    for at in range(0, 12, 3):
        store.append(records[at : at + 3])
    wanted = [records[n] for n in (1, 2, 7, 11)]
    assert list(store.read(ids(wanted)[::-1])) == wanted
    known = pa.chunked_array([ids(records[:4]), ids(records[5:]), ["urn:uuid:none"]])
    assert store.missing_in(known) == [records[4].record_id]
    assert store.missing_in(pa.chunked_array([], pa.string())) == sorted(ids(records))
    later = RawRecord("file:y.jsonl", "application/json", b"later")
    store.append([later])
    assert store.missing_in(known) == sorted(ids([records[4], later]))


def test_other_tools_read_the_files(tmp_path: Path) -> None:
    RawStore(tmp_path).append(RECORDS)
    with (tmp_path / "readout-000001.warc.gz").open("rb") as source:
        found = [
            (record.rec_headers.get_header("WARC-Record-ID"), record.content_stream().read())
            for record in ArchiveIterator(source, check_digests="raise")
        ]
    assert found == [(f"<{record.record_id}>", record.payload) for record in RECORDS]


def test_standard_headers_hold_what_they_should(tmp_path: Path) -> None:
    RawStore(tmp_path).append(RECORDS)
    with (tmp_path / "readout-000001.warc.gz").open("rb") as source:
        heads = [record.rec_headers for record in ArchiveIterator(source)]
    assert heads[1].get_header("WARC-Target-URI") == (
        "file:My%20B%C3%BCro%20%E2%80%94%20news.jsonl"
    )
    assert heads[1].get_header("WARC-Date") == "1970-01-01T00:00:00Z"
    assert heads[4].get_header("WARC-Date") == "2020-03-05T10:00:30Z"
    assert heads[4].get_header("X") is None
    assert {head.protocol for head in heads} == {"WARC/1.1"}


def test_the_same_records_add_nothing(tmp_path: Path) -> None:
    RawStore(tmp_path).append(RECORDS)
    before = contents(tmp_path)
    assert RawStore(tmp_path).append(RECORDS) == (0, len(RECORDS))
    assert contents(tmp_path) == before


def test_a_record_twice_in_one_append_is_kept_once(tmp_path: Path) -> None:
    store = RawStore(tmp_path)
    assert store.append([RECORDS[0], RECORDS[0], RECORDS[1]]) == (2, 1)
    assert store.append([RECORDS[1], RECORDS[2]]) == (1, 1)
    assert list(store.read(store.ids())) == RECORDS[:3]


def test_the_same_input_makes_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        RawStore(tmp_path / name).append(RECORDS)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_files_are_rotated_by_size(tmp_path: Path) -> None:
    store = RawStore(tmp_path, max_bytes=5_000)
    store.append(many(40))
    files = sorted(path.name for path in tmp_path.glob("*.warc.gz"))
    assert files[:2] == ["readout-000001.warc.gz", "readout-000002.warc.gz"]
    assert all((tmp_path / name).stat().st_size < 6_000 for name in files)
    assert list(store.read(ids(many(40)))) == many(40)


def test_appends_in_one_block_share_a_file(tmp_path: Path) -> None:
    with RawStore(tmp_path) as store:
        for record in RECORDS:
            store.append([record])
        assert store.ids() == set()
    assert [path.name for path in tmp_path.glob("*.gz")] == ["readout-000001.warc.gz"]
    assert list(store.read(store.ids())) == RECORDS


def test_records_are_read_in_the_order_of_writing(tmp_path: Path) -> None:
    records = many(50)
    store = RawStore(tmp_path, max_bytes=3_000)
    store.append(records)
    wanted = ids(records[10:45])
    random.Random(1).shuffle(wanted)
    assert list(store.read(wanted)) == records[10:45]


def test_no_folder_is_an_empty_store(tmp_path: Path) -> None:
    store = RawStore(tmp_path / "raw")
    assert store.ids() == set()
    assert list(store.read([])) == []
    assert store.append([]) == (0, 0)
    assert list(tmp_path.glob("raw/*")) == []


@pytest.mark.parametrize("index", [None, b"", b"nonsense", b"1\t1\nurn:uuid:x\t0\t5\n"])
def test_a_missing_or_foreign_index_is_made_anew(tmp_path: Path, index: bytes | None) -> None:
    RawStore(tmp_path).append(RECORDS)
    path = tmp_path / "readout-000001.warc.gz.idx"
    right = path.read_bytes()
    path.unlink()
    if index is not None:
        path.write_bytes(index)
    assert RawStore(tmp_path).ids() == set(ids(RECORDS))
    assert path.read_bytes() == right


CUTS = (0, 1, 9, 10, 100, 299, *range(300, 2_600, 37))


@pytest.mark.parametrize("kept", CUTS)
def test_a_file_cut_anywhere_keeps_its_whole_records(tmp_path: Path, kept: int) -> None:
    """As kill -9 leaves it: the beginning of the file, under its temporary name."""
    RawStore(tmp_path / "whole").append(RECORDS)
    whole = (tmp_path / "whole" / "readout-000001.warc.gz").read_bytes()
    (tmp_path / "cut").mkdir()
    (tmp_path / "cut" / "readout-000001.warc.gz.part").write_bytes(whole[:kept])
    store = RawStore(tmp_path / "cut")
    store.salvage()
    left = list(store.read(store.ids()))
    assert left == RECORDS[: len(left)]
    assert not list((tmp_path / "cut").glob("*.part"))
    new, unchanged = store.append(RECORDS)
    assert (new, unchanged) == (len(RECORDS) - len(left), len(left))
    assert list(store.read(ids(RECORDS))) == RECORDS


def test_salvage_says_how_much_was_cut(tmp_path: Path) -> None:
    RawStore(tmp_path).append(RECORDS)
    file = tmp_path / "readout-000001.warc.gz"
    size = file.stat().st_size
    with file.open("ab") as out:
        out.write(b"\x1f\x8b\x08 cut here")
    file.rename(tmp_path / "readout-000001.warc.gz.part")
    assert RawStore(tmp_path).salvage() == 12
    assert file.stat().st_size == size


def test_what_was_read_before_a_failure_is_kept(tmp_path: Path) -> None:
    def failing() -> Iterator[RawRecord]:
        yield from RECORDS[:3]
        raise RuntimeError("the source broke off")

    store = RawStore(tmp_path)
    with pytest.raises(RuntimeError):
        store.append(failing())
    assert store.append(RECORDS) == (len(RECORDS) - 3, 3)
    assert list(store.read(store.ids())) == RECORDS


def test_any_changed_byte_is_noticed(tmp_path: Path) -> None:
    """Every byte of the second record in turn; the others are still given."""
    RawStore(tmp_path).append(RECORDS[:3])
    file = tmp_path / "readout-000001.warc.gz"
    whole = file.read_bytes()
    first, second = (line.split("\t") for line in index_lines(file)[1:3])
    for at in range(int(second[1]), int(second[1]) + int(second[2]), 5):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
        damage: list[Damage] = []
        found = list(RawStore(tmp_path).read(ids(RECORDS[:3]), damage.append))
        if damage:
            assert found == [RECORDS[0], RECORDS[2]]
            assert [d.record_id for d in damage] == [second[0]]
        else:  # a byte of the gzip header that carries nothing
            assert found == RECORDS[:3]
            assert at - int(second[1]) in range(4, 10)
    assert first[0] == RECORDS[0].record_id


def index_lines(file: Path) -> list[str]:
    return file.with_name(f"{file.name}.idx").read_text().splitlines()


def test_damage_is_raised_where_nobody_listens(tmp_path: Path) -> None:
    store = RawStore(tmp_path)
    store.append(RECORDS[:2])
    file = tmp_path / "readout-000001.warc.gz"
    content = bytearray(file.read_bytes())
    content[60] ^= 0xFF
    file.write_bytes(content)
    with pytest.raises(DamagedRecordError, match=RECORDS[0].record_id):
        list(store.read(ids(RECORDS[:2])))


def test_a_missing_record_is_damage(tmp_path: Path) -> None:
    store = RawStore(tmp_path)
    store.append(RECORDS[:1])
    damage: list[Damage] = []
    assert list(store.read(ids(RECORDS[:2]), damage.append)) == RECORDS[:1]
    assert damage == [Damage(RECORDS[1].record_id, None, "in no file of raw/")]


def test_an_index_is_rebuilt_around_damage(tmp_path: Path) -> None:
    records = many(30)
    RawStore(tmp_path).append(records)
    file = tmp_path / "readout-000001.warc.gz"
    offset = int(index_lines(file)[11].split("\t")[1])
    content = bytearray(file.read_bytes())
    content[offset + 40] ^= 0xFF
    file.write_bytes(content)
    file.with_name(f"{file.name}.idx").unlink()
    assert RawStore(tmp_path).ids() == set(ids(records)) - {records[10].record_id}


def test_a_folder_that_cant_be_made_says_why(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DataFolderError, match="raw: Not a directory"):
        RawStore(tmp_path / "file" / "raw").append(RECORDS)


def test_an_error_of_the_input_is_not_blamed_on_the_folder(tmp_path: Path) -> None:
    def unreadable() -> Iterator[RawRecord]:
        yield RECORDS[0]
        raise FileNotFoundError("input.txt")

    with pytest.raises(FileNotFoundError, match=r"input\.txt"):
        RawStore(tmp_path).append(unreadable())


def test_stores_move_with_their_folder(tmp_path: Path) -> None:
    RawStore(tmp_path / "old").append(RECORDS)
    shutil.move(tmp_path / "old", tmp_path / "new")
    assert list(RawStore(tmp_path / "new").read(ids(RECORDS))) == RECORDS


def test_what_came_over_the_network_comes_back_with_what_was_said_of_it(tmp_path: Path) -> None:
    RawStore(tmp_path).append(NETWORK)
    assert list(RawStore(tmp_path).read(ids(NETWORK))) == NETWORK


def test_other_tools_read_response_and_request(tmp_path: Path) -> None:
    RawStore(tmp_path).append(NETWORK[:1])
    with (tmp_path / "readout-000001.warc.gz").open("rb") as source:
        records = ArchiveIterator(source, check_digests="raise")
        response, request = (
            (r.rec_type, r.http_headers, r.content_stream().read(), r.rec_headers) for r in records
        )
    assert (response[0], response[2]) == ("response", NETWORK[0].payload)
    assert response[1].get_statuscode() == "200"
    assert response[1].get_header("X-Archive-Orig-Content-Encoding") == "gzip"
    assert response[1].get_header("Content-Length") == str(len(NETWORK[0].payload))
    assert (request[0], request[1].get_header("host")) == ("request", "agency.example")
    assert request[3].get_header("WARC-Concurrent-To") == f"<{NETWORK[0].record_id}>"


@pytest.mark.parametrize("cut", [1, 300, 700, 1500])
def test_requests_are_no_obstacle_to_salvage_and_a_new_index(cut: int, tmp_path: Path) -> None:
    RawStore(tmp_path).append(NETWORK)
    (tmp_path / "readout-000001.warc.gz.idx").unlink()
    assert list(RawStore(tmp_path).read(ids(NETWORK))) == NETWORK
    file = tmp_path / "readout-000001.warc.gz"
    file.rename(file.with_name(file.name + ".part"))
    part = file.with_name(file.name + ".part")
    part.write_bytes(part.read_bytes()[:-cut])
    store = RawStore(tmp_path)
    store.append(RECORDS[:1])
    kept = list(store.read(store.ids()))
    assert kept[: len(kept) - 1] == NETWORK[: len(kept) - 1]
    assert len(kept) > 1
    assert store.append(NETWORK)[1] == len(kept) - 1
