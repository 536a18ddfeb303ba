import gzip
import hashlib
import io
import os
import pickle
import struct
import tarfile
import threading
import tracemalloc
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest
import torch
import torchvision.datasets as sources

from explorer.datasets import Dataset, MissingDataError, load
from explorer.specs import DatasetName, DatasetSpec, files

MNIST, FASHION = DatasetSpec(name=DatasetName.MNIST), DatasetSpec(name=DatasetName.FASHION_MNIST)
CIFAR_10, CIFAR_100 = DatasetSpec(name=DatasetName.CIFAR_10), DatasetSpec(name=DatasetName.CIFAR_100)
ALL = [MNIST, FASHION, CIFAR_10, CIFAR_100]
rng = np.random.default_rng(0)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


class PythonTwoPickler(pickle._Pickler):  # the published files were written by Python 2
    dispatch: ClassVar[Any] = dict(pickle._Pickler.dispatch)  # type: ignore[attr-defined]

    def save_string(self, text: Any) -> None:
        content = text if isinstance(text, bytes) else text.encode("latin1")
        self.write(pickle.BINSTRING + struct.pack("<i", len(content)) + content)  # type: ignore[attr-defined]
        self.memoize(text)  # type: ignore[attr-defined]

    dispatch[bytes] = dispatch[str] = save_string


def old_pickle(value: object) -> bytes:
    out = io.BytesIO()
    PythonTwoPickler(out, protocol=2).dump(value)
    return out.getvalue().replace(b"numpy._core.multiarray", b"numpy.core.multiarray")


def idx(values: Any) -> bytes:
    head = struct.pack(f">{1 + values.ndim}I", 2048 + values.ndim, *values.shape)
    return head + values.tobytes()


def md5(content: bytes) -> str:
    return hashlib.md5(content).hexdigest()


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with tiny datasets in the published formats, served on loopback; torchvision's constants point there."""
    folder = tmp_path / "served"
    folder.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    address = f"http://127.0.0.1:{server.server_port}/"
    monkeypatch.setattr(files, "SYSTEM_FOLDERS", ())
    _serve_idx(folder, address, monkeypatch)
    _serve_cifar(folder, address, monkeypatch)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield folder
    server.shutdown()
    thread.join()
    server.server_close()


def _serve_idx(folder: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    resources = []
    for name, count in zip(files.IDX_NAMES, (20, 20, 5, 5), strict=True):
        values = rng.integers(0, 10, (count,) if "labels" in name else (count, 28, 28), np.uint8)
        content = gzip.compress(idx(values), mtime=0)
        (folder / f"{name}.gz").write_bytes(content)
        resources.append((f"{name}.gz", md5(content)))
    for source in (sources.MNIST, sources.FashionMNIST):
        monkeypatch.setattr(source, "mirrors", [f"{address}nothing-here/", address])
        monkeypatch.setattr(source, "resources", resources)


def _serve_cifar(folder: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for source, key in ((sources.CIFAR10, "labels"), (sources.CIFAR100, "fine_labels")):
        archive = io.BytesIO()
        lists: dict[str, list[list[str]]] = {"train_list": [], "test_list": []}
        with tarfile.open(fileobj=archive, mode="w:gz") as packed:
            for part in lists:
                for name, _ in getattr(source, part):
                    entry = {"data": rng.integers(0, 256, (4, 3072), np.uint8), key: [0, 1, 2, 3]}
                    content = old_pickle(entry)
                    member = tarfile.TarInfo(f"{source.base_folder}/{name}")
                    member.size = len(content)
                    packed.addfile(member, io.BytesIO(content))
                    lists[part].append([name, md5(content)])
        (folder / source.filename).write_bytes(archive.getvalue())
        monkeypatch.setattr(source, "url", f"{address}{source.filename}")
        monkeypatch.setattr(source, "tgz_md5", md5(archive.getvalue()))
        for part, entries in lists.items():
            monkeypatch.setattr(source, part, entries)


@pytest.mark.parametrize("spec", ALL, ids=lambda spec: spec.name.value)
def test_a_download_reports_progress_and_is_found_on_disk_the_next_time(spec: DatasetSpec, served: Path, tmp_path: Path) -> None:
    shares: list[float] = []
    first = load(spec, tmp_path / "data", progress=lambda share, _: shares.append(share))
    assert shares == sorted(shares)
    assert shares[-1] > 0.9
    assert files.available(spec, tmp_path / "data")
    for file in served.iterdir():
        file.unlink()
    second = load(spec, tmp_path / "data")
    assert torch.equal(first.train_images, second.train_images)
    assert first.train_images.dtype == torch.uint8
    assert first.train_images.is_contiguous(memory_format=torch.channels_last)
    assert not list((tmp_path / "data").glob(".download-*"))


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize("spec", ALL, ids=lambda spec: spec.name.value)
def test_what_we_read_is_what_torchvision_reads(spec: DatasetSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = load(spec, tmp_path / "data")
    source: Any = {
        DatasetName.MNIST: sources.MNIST,
        DatasetName.FASHION_MNIST: sources.FashionMNIST,
        DatasetName.CIFAR_10: sources.CIFAR10,
        DatasetName.CIFAR_100: sources.CIFAR100,
    }[spec.name]
    if hasattr(source, "_load_meta"):
        monkeypatch.setattr(source, "_load_meta", lambda _: None)  # names of classes; ours stand on the card
    theirs = source(tmp_path / "data", train=True)
    pictures = torch.as_tensor(theirs.data).reshape(len(theirs.data), *ours.train_images.shape[2:], -1)
    assert torch.equal(ours.train_images, pictures.permute(0, 3, 1, 2))
    assert torch.equal(ours.train_labels, torch.as_tensor(theirs.targets))


class CancelledError(Exception):
    pass


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize("spec", ALL, ids=lambda spec: spec.name.value)
def test_cancelling_from_the_progress_leaves_nothing_behind(spec: DatasetSpec, tmp_path: Path) -> None:
    def cancel(share: float, message: str) -> None:
        assert 0 <= share <= 1
        assert message
        raise CancelledError

    with pytest.raises(CancelledError):
        load(spec, tmp_path / "data", progress=cancel)
    assert list((tmp_path / "data").iterdir()) == []
    assert not files.available(spec, tmp_path / "data")


@pytest.mark.parametrize("spec", [MNIST, CIFAR_10], ids=lambda spec: spec.name.value)
def test_a_cut_or_altered_download_is_refused_and_leaves_nothing_behind(spec: DatasetSpec, served: Path, tmp_path: Path) -> None:
    for file in served.iterdir():
        file.write_bytes(file.read_bytes()[:-10])
    with pytest.raises(MissingDataError, match="are not on this machine"):
        load(spec, tmp_path / "data")
    assert list((tmp_path / "data").iterdir()) == []


@pytest.mark.parametrize("spec", ALL, ids=lambda spec: spec.name.value)
def test_offline_the_error_is_one_sentence_that_names_the_folder_and_the_way_out(
    spec: DatasetSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "SYSTEM_FOLDERS", ())
    for source in (sources.MNIST, sources.FashionMNIST):
        monkeypatch.setattr(source, "mirrors", ["http://127.0.0.1:9/"])
    for source in (sources.CIFAR10, sources.CIFAR100):
        monkeypatch.setattr(source, "url", "http://127.0.0.1:9/")
    with pytest.raises(MissingDataError) as error:
        load(spec, tmp_path)
    sentence = str(error.value)
    assert sentence == files.missing(spec, tmp_path)
    assert spec.card.title in sentence
    assert str(tmp_path / files.LAYOUTS[spec.name].folder) in sentence
    assert "digits" in sentence
    assert sentence.count(". ") == 0
    assert sentence.endswith(".")


def test_an_archive_laid_into_the_data_folder_is_unpacked_without_a_download(served: Path, tmp_path: Path) -> None:
    archive = tmp_path / "data" / sources.CIFAR10.filename
    archive.parent.mkdir()
    (served / archive.name).rename(archive)
    assert files.available(CIFAR_10, tmp_path / "data")
    assert len(load(CIFAR_10, tmp_path / "data").train_images) == 20


@pytest.mark.usefixtures("served")
def test_a_pickle_whose_checksum_differs_is_never_opened(tmp_path: Path) -> None:
    load(CIFAR_10, tmp_path)
    victim = tmp_path / "cifar-10-batches-py" / "data_batch_3"
    victim.write_bytes(pickle.dumps(Trap(tmp_path / "sprung")))
    with pytest.raises(MissingDataError, match="data_batch_3 is damaged"):
        load(CIFAR_10, tmp_path)
    assert not (tmp_path / "sprung").exists()


@pytest.mark.usefixtures("served")
def test_even_a_pickle_of_the_right_checksum_cannot_name_a_function(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(CIFAR_100, tmp_path)
    content = pickle.dumps(Trap(tmp_path / "sprung"))
    (tmp_path / "cifar-100-python" / "train").write_bytes(content)
    monkeypatch.setattr(sources.CIFAR100, "train_list", [["train", md5(content)]])
    with pytest.raises(pickle.UnpicklingError, match="has no place"):
        load(CIFAR_100, tmp_path)
    assert not (tmp_path / "sprung").exists()


class Trap:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return (os.mkdir, (str(self.path),))


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x00\x08\x03",
        idx(np.zeros((3, 28, 28), np.uint8))[:-1],
        idx(np.zeros((3, 28, 28), np.uint8)) + b"\x00",
        idx(np.zeros((3, 14, 28), np.uint8)),
        idx(np.zeros(3, np.uint8)),
        struct.pack(">4I", 2051, 0, 28, 28),
        struct.pack(">4I", 2051, 2**31, 28, 28),
    ],
    ids=["empty", "head-only", "cut", "too-long", "wrong-size", "labels", "none", "boasting"],
)
@pytest.mark.parametrize("packed", [False, True])
def test_an_idx_file_that_is_not_what_it_says_is_refused(content: bytes, packed: bool, tmp_path: Path) -> None:
    load(MNIST, tmp_path)
    victim = tmp_path / "MNIST" / "raw" / files.IDX_NAMES[0]
    victim.unlink()
    if packed:
        victim.with_name(f"{victim.name}.gz").write_bytes(gzip.compress(content))
    else:
        victim.write_bytes(content)
    with pytest.raises(MissingDataError, match="is damaged"):
        load(MNIST, tmp_path)


@pytest.mark.usefixtures("served")
def test_a_packed_file_cannot_fill_the_memory(tmp_path: Path) -> None:
    load(MNIST, tmp_path)
    victim = tmp_path / "MNIST" / "raw" / files.IDX_NAMES[1]
    victim.unlink()
    bomb = gzip.compress(struct.pack(">2I", 2049, 2**27) + bytes(2**27))
    victim.with_name(f"{victim.name}.gz").write_bytes(bomb)
    tracemalloc.start()
    with pytest.raises(MissingDataError, match="is damaged"):
        load(MNIST, tmp_path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60e6  # what the pictures of the real set take


@pytest.mark.usefixtures("served")
def test_labels_that_the_card_does_not_know_are_refused(tmp_path: Path) -> None:
    load(MNIST, tmp_path)
    (tmp_path / "MNIST" / "raw" / files.IDX_NAMES[1]).write_bytes(idx(np.full(20, 10, np.uint8)))
    with pytest.raises(MissingDataError, match="label 10"):
        load(MNIST, tmp_path)


@pytest.mark.usefixtures("served")
def test_a_folder_that_cannot_be_written_is_said_in_one_sentence(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(MissingDataError, match="cannot be written"):
        load(MNIST, blocked)


@pytest.mark.usefixtures("served")
def test_what_a_killed_download_left_is_cleared_a_day_later(tmp_path: Path) -> None:
    old, fresh = tmp_path / ".download-old", tmp_path / ".download-fresh"
    for folder in (old, fresh):
        folder.mkdir()
    os.utime(old, (0, 0))
    load(MNIST, tmp_path)
    assert not old.exists()
    assert fresh.exists()


def test_files_of_the_operating_system_are_read_packed_as_they_are(
    served: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "system" / "fashion-mnist"
    folder.parent.mkdir()
    served.rename(folder)
    monkeypatch.setattr(files, "SYSTEM_FOLDERS", (tmp_path / "system",))
    assert files.available(FASHION, tmp_path / "data")
    assert not files.available(MNIST, tmp_path / "data")
    data: Dataset = load(FASHION, tmp_path / "data")
    assert len(data.train_images) == 20
    assert not (tmp_path / "data").exists()


def test_embedded_datasets_are_always_available_and_lack_nothing(tmp_path: Path) -> None:
    for name in (DatasetName.DIGITS, DatasetName.SHAPES):
        assert files.available(DatasetSpec(name=name), tmp_path / "nowhere")
        assert files.missing(DatasetSpec(name=name), tmp_path / "nowhere") == ""
