"""Record the races that the app ships (assets/recorded) by the project's own command line: the first two presets.

Run: python -m benchmarks.record. The page shows them as recorded, with this day's date.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from explorer.specs import PRESETS, NetworkSpec

FOLDER = Path(__file__).resolve().parents[1] / "assets" / "recorded"
RACES = 2


def command_line(folder: str, *arguments: str) -> str:
    """Return what the command line prints, with its runs kept in a folder of their own."""
    environment = {**os.environ, "RESIDUAL_EXPLORER_FOLDER": folder}
    command = [sys.executable, "-m", "explorer", *arguments]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def record(network: NetworkSpec, folder: str) -> None:
    """Train a network that differs from the defaults in depth and shortcut, and write its recording."""
    told = command_line(folder, "train", "--depth", str(network.depth), "--shortcut", network.shortcut, "--json")
    last = json.loads(told.splitlines()[-1])
    command_line(folder, "export", last["run"], "--what", "recording", "--to", str(FOLDER))
    print(network.title, last["event"], flush=True)


def main() -> None:
    """Write NAME.jsonl and NAME.safetensors a network, and the index races.json."""
    races = {preset.name: preset.race.networks for preset in PRESETS[:RACES]}
    with tempfile.TemporaryDirectory() as folder:
        for network in {network.title: network for networks in races.values() for network in networks}.values():
            record(network, folder)
    now = int(time.time())
    index = {name: {"networks": [one.title for one in networks], "recorded": now} for name, networks in races.items()}
    (FOLDER / "races.json").write_text(json.dumps(index, indent=1) + "\n")


if __name__ == "__main__":
    main()
