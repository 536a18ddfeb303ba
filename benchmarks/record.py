"""Record the races that the app ships (assets/recorded): the first two presets, trained on this machine.

Run: python -m benchmarks.record. The page shows them as recorded, with this day's date.
"""

import json
import tempfile
import time
from pathlib import Path

from explorer.datasets import load
from explorer.runs import queue
from explorer.runs.export import export_run
from explorer.runs.store import Store
from explorer.specs import PRESETS, settings
from explorer.training import train

FOLDER = Path(__file__).resolve().parents[1] / "assets" / "recorded"
RACES = 2


def main() -> None:
    """Train, write NAME.jsonl and NAME.safetensors a network, and the index races.json."""
    index = {}
    with tempfile.TemporaryDirectory() as temporary:
        store = Store(Path(temporary) / "runs.sqlite")
        for preset in PRESETS[:RACES]:
            race = preset.race
            data = load(race.dataset, settings().datasets_path)
            runs = queue.submit_race(store, race, "recorder")
            for run in runs:
                store.record(run.id, train(run.experiment, data))
                trained = store.run(run.id)
                if trained is not None:
                    export_run(store, trained, FOLDER, ["recording"])
                    print(trained.experiment.network.title, trained.state, trained.device_name, flush=True)
            names = [network.title for network in race.networks]
            index[preset.name] = {"networks": names, "recorded": int(time.time())}
        store.close()
    (FOLDER / "races.json").write_text(json.dumps(index, indent=1) + "\n")


if __name__ == "__main__":
    main()
