import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from explorer.questions.attribution.methods.measure import attribute
from explorer.questions.attribution.methods.result import AttributionResult
from explorer.questions.attribution.methods.snippet import attribution_snippet
from explorer.questions.attribution.methods.spec import AttributionSpec, Method, MethodSettings
from explorer.specs import NetworkSpec, Normalisation, Order
from tests.variants import Block, Shortcut, network_of, pictures

SETTINGS = MethodSettings(samples=4, coalitions=64, window=2, seed=3, noise=0.2)


def exported(folder: Path, spec_changes: dict[str, Any], block: str = "stage2.block1") -> tuple[NetworkSpec, dict[Method, Any]]:
    variant = {"block": Block.BASIC, "order": Order.POST, "shortcut": Shortcut.A, "norm": Normalisation.BATCH} | spec_changes
    network = network_of(**variant).eval()
    images = pictures(2)
    result = attribute(
        network, images, None, tuple(Method), block, shown=np.zeros((2, 8, 8, 3), np.uint8), settings=SETTINGS,
        baselines=torch.full_like(images, 0.1), references=images[:1] / 2,
    )  # fmt: skip
    save_file(network.state_dict(), folder / "weights.safetensors")
    (folder / "maps.npz").write_bytes(AttributionResult.encode([result, result]))
    return network.outline.spec, dict(result.maps)  # type: ignore[union-attr, return-value]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"order": Order.PRE, "norm": Normalisation.NONE},
        {"block": Block.BOTTLENECK, "shortcut": Shortcut.B},
        {"shortcut": Shortcut.NONE},
    ],
    ids=str,
)
@pytest.mark.filterwarnings("ignore:Setting")
def test_the_file_gives_every_map_again_with_captum_alone(
    tmp_path: Path, changes: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    built, maps = exported(tmp_path, changes)
    spec = AttributionSpec(runs=("a", "b"), images=(0, 1), methods=tuple(Method), block="stage2.block1", settings=SETTINGS)
    monkeypatch.chdir(tmp_path)
    for method in Method:
        code = attribution_snippet(built, spec, method, network=1)
        monkeypatch.setattr(sys, "argv", ["file.py", "weights.safetensors", "maps.npz"])
        exec(compile(code, "file.py", "exec"), {"__name__": "__main__"})
        again = np.load(f"{method}.npy")
        assert np.abs(again - maps[method]).max() <= 1e-5 * np.abs(maps[method]).max(), method


def test_the_file_runs_by_itself_and_says_how_near_it_came(tmp_path: Path) -> None:
    built, _ = exported(tmp_path, {})
    spec = AttributionSpec(runs=("a",), images=(0, 1), block="stage2.block1", settings=SETTINGS)
    (tmp_path / "again.py").write_text(attribution_snippet(built, spec, Method.GRAD_CAM))
    command = [sys.executable, "again.py", "weights.safetensors", "maps.npz"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert float(done.stdout.split(":")[1]) < 1e-5
    assert "explorer" not in (tmp_path / "again.py").read_text()
