import hashlib
import io
import pickle
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import torchvision
from safetensors.torch import save_file

from explorer.networks import build
from explorer.networks import pretrained as module
from explorer.networks.pretrained import pretrained
from explorer.runs.store import Store
from explorer.specs import ImagenetSpec, settings
from explorer.specs.pretrained import MEAN, STD, imagenet_card
from tests.measured import measured
from tests.trained import quiet

SPEC = ImagenetSpec(depth=18)


@pytest.fixture(scope="module")
def weights() -> dict[str, torch.Tensor]:
    torch.manual_seed(0)
    return dict(torchvision.models.resnet18().state_dict())


class Silent(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, weights: dict[str, torch.Tensor]) -> Iterator[Path]:
    """torchvision's file, in its true form and under its kind of name, on loopback."""
    folder = tmp_path / "served"
    folder.mkdir()
    content = io.BytesIO()
    torch.save(weights, content)
    name = f"resnet18-{hashlib.sha256(content.getvalue()).hexdigest()[:8]}.pth"
    (folder / name).write_bytes(content.getvalue())
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(folder)))
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    monkeypatch.setattr(module, "address", lambda _spec: f"http://127.0.0.1:{server.server_port}/{name}")
    yield folder
    server.shutdown()
    server.server_close()


def same(network: torch.nn.Module, weights: dict[str, torch.Tensor]) -> bool:
    return bool(torch.equal(network.get_submodule("stem.conv").weight, weights["conv1.weight"]))  # type: ignore[arg-type]


def test_the_addresses_are_torchvisions_and_carry_their_checksum() -> None:
    for depth in (18, 34, 50, 101, 152):
        url = module.address(ImagenetSpec(depth=depth))
        assert f"resnet{depth}-" in url
        assert len(Path(url).stem.rpartition("-")[2]) == 8


def test_the_card_is_what_torchvision_says_of_its_weights() -> None:
    told = torchvision.models.ResNet18_Weights.IMAGENET1K_V1
    assert imagenet_card().classes == tuple(told.meta["categories"])
    assert (tuple(told.transforms().mean), tuple(told.transforms().std)) == (MEAN, STD)


def test_weights_are_downloaded_with_progress_kept_and_found_the_next_time(
    served: Path, tmp_path: Path, weights: dict[str, torch.Tensor]
) -> None:
    seen: list[tuple[float, str]] = []
    network = pretrained(SPEC, tmp_path / "weights", lambda share, words: seen.append((share, words)))
    assert same(network, weights)
    assert not network.training
    assert any("Downloading" in words for _, words in seen)
    for file in served.iterdir():
        file.unlink()
    assert same(pretrained(SPEC, tmp_path / "weights", quiet), weights)


def test_a_cancelled_or_altered_download_leaves_nothing(served: Path, tmp_path: Path) -> None:
    def cancel(_share: float, words: str) -> None:
        if "Downloading" in words:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pretrained(SPEC, tmp_path / "weights", cancel)
    assert list((tmp_path / "weights").iterdir()) == []
    for file in served.iterdir():
        file.write_bytes(file.read_bytes()[:-100])
    with pytest.raises(ValueError, match=r"resnet18-.*\.pth into .*weights"):
        pretrained(SPEC, tmp_path / "weights", quiet)
    assert list((tmp_path / "weights").iterdir()) == []


def test_offline_one_sentence_says_what_is_missing_and_where_it_belongs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "address", lambda _spec: "http://127.0.0.1:9/resnet18-f37072fd.pth")
    with pytest.raises(ValueError, match=r"residual-18 are not on this machine.*resnet18-f37072fd\.pth into .*\.$"):
        pretrained(SPEC, tmp_path / "weights", quiet)


@pytest.mark.parametrize("name", ["resnet18.safetensors", "resnet18.pth"])
def test_a_file_at_hand_is_read_without_a_download(name: str, tmp_path: Path, weights: dict[str, torch.Tensor]) -> None:
    if name.endswith("pth"):
        torch.save(weights, tmp_path / name)
    else:
        save_file(weights, tmp_path / name)
    assert same(pretrained(SPEC, tmp_path, quiet), weights)


class Evil:
    def __reduce__(self) -> tuple[Any, ...]:
        return (Path("/tmp/never-written-by-a-test").touch, ())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("resnet18.pth", pickle.dumps(Evil(), protocol=2)),
        ("resnet18.pth", b"hostile"),
        ("resnet18.pth", b""),
        ("resnet18.safetensors", b"\xff" * 64),
        ("resnet18.safetensors", b""),
    ],
)
def test_a_hostile_file_is_refused_in_a_sentence_and_never_run(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ValueError, match=r"is not a file of weights.*\.$"):
        pretrained(SPEC, tmp_path, quiet)
    assert not Path("/tmp/never-written-by-a-test").exists()


def test_other_things_than_a_state_dict_are_refused(tmp_path: Path) -> None:
    torch.save([1, 2], tmp_path / "resnet18.pth")
    with pytest.raises(ValueError, match="does not hold a state dict"):
        pretrained(SPEC, tmp_path, quiet)
    torch.save({"conv1.weight": torch.zeros(1)}, tmp_path / "resnet18.pth")
    with pytest.raises(ValueError, match="do not fit residual-18"):
        pretrained(SPEC, tmp_path, quiet)


def test_an_own_picture_is_explained_in_the_same_studio(store: Store, weights: dict[str, torch.Tensor]) -> None:
    settings().weights_path.mkdir(parents=True)
    save_file(weights, settings().weights_path / "resnet18.safetensors")
    picture = (Path(__file__).parents[2] / "assets" / "samples" / "chelsea.jpg").read_bytes()
    asked = {"runs": ["imagenet-18"], "images": "upload", "methods": ["saliency", "grad-cam"], "block": "stage2.block1"}
    (result,) = measured("attribution.methods", asked, store, picture, quiet)
    assert result.images.shape == (1, 224, 224, 3)
    assert result.logits.shape == (1, 1000)
    assert result.block == "stage2.block1"
    theirs = torchvision.models.resnet18()
    theirs.load_state_dict(weights)
    seen = torch.from_numpy(result.images).permute(0, 3, 1, 2) / 255
    normal = torchvision.transforms.functional.normalize(seen, list(MEAN), list(STD))
    with torch.no_grad():
        expected = theirs.eval()(normal).numpy()
    assert np.abs(result.logits - expected).max() < 1e-4 * np.abs(expected).max() + 1e-4
    (blocks,) = measured("attribution.blocks", {**asked, "methods": ["grad-cam"]}, store, picture, quiet)
    assert blocks.blocks[-1] == "stage4.block2"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"runs": ["imagenet-20"]}, "there are imagenet-18"),
        ({"runs": ["imagenet-18", "abc"]}, "mixes"),
        ({"images": [0]}, "test pictures"),
    ],
)
def test_what_cannot_be_asked_of_them_is_said(store: Store, changes: dict[str, Any], words: str) -> None:
    asked = {"runs": ["imagenet-18"], "images": "upload", "methods": ["saliency"], **changes}
    with pytest.raises(ValueError, match=words):
        measured("attribution.methods", asked, store, report=quiet)


def test_building_a_deep_one_reads_few_pictures_at_once() -> None:
    from explorer.questions.attribution.methods.posed import INNER_BATCH, inner_batch

    assert inner_batch(build(ImagenetSpec(depth=18))) < INNER_BATCH
    assert inner_batch(torch.nn.Identity()) == INNER_BATCH
