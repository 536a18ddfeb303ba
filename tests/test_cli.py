import json
import subprocess
import sys
from pathlib import Path

import pytest

from explorer.runs.store import Store


def cli(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "-m", "explorer", *words], capture_output=True, text=True, timeout=200, check=False)


def test_describe_prints_one_object_with_the_papers_numbers() -> None:
    words = "--depth 56 --block basic --order post --shortcut A --width 16 --input 3x32x32 --classes 10 --json"
    told = json.loads(cli("describe", *words.split()).stdout)
    expected = {"parameters": 853_018, "macs": 125_485_696, "weighted_layers": 56, "blocks": 27, "shortcuts": 27}
    assert {name: told[name] for name in expected} == expected


def test_describe_and_refusals_load_no_torch() -> None:
    code = "import sys, explorer.cli; print('torch' in sys.modules, 'streamlit' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False False\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["describe", "--depth", "57"], "the nearest two are 56 and 62"),
        (["describe", "--width", "many"], "--width"),
        (["describe", "--input", "3x32"], "such as 3x32x32"),
        (["describe", "--shortcut", "D"], "--shortcut"),
        (["train", "--lr", "-1"], "learning_rate is -1.0"),
        (["export", "nothing"], "there is no run of this id"),
        (["delete", "../../etc"], "there is no run of this id"),
        (["fly"], "fly"),
    ],
)
def test_bad_input_exits_2_with_one_sentence(words: list[str], said: str) -> None:
    done = cli(*words)
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""


def test_train_prints_a_line_an_event_and_the_run_can_be_listed_exported_and_deleted(folder: Path) -> None:
    words = "--dataset digits --depth 8 --shortcut none --width 4 --steps 4 --batch 64 --lr 0.1 --seed 0 --log-every 1 --json"
    done = cli("train", *words.split())
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    steps = [line for line in lines if line["event"] == "step"]
    assert [line["step"] for line in steps] == [1, 2, 3, 4]
    assert all(len(line["gradient_norms"]) == 8 and line["loss"] > 0 for line in steps)
    last = lines[-1]
    assert last["event"] == "finished"
    assert 0 <= last["train_error"] <= 1
    assert 0 <= last["test_error"] <= 1
    [row] = [json.loads(line) for line in cli("runs", "--json").stdout.splitlines()]
    assert (row["run"], row["state"], row["step"]) == (last["run"], "finished", 4)
    exported = cli("export", last["run"], "--to", str(folder / "out")).stdout.splitlines()
    assert {Path(path).suffix for path in exported} == {".csv", ".safetensors", ".py", ".jsonl"}
    assert cli("delete", last["run"]).returncode == 0
    assert Store(folder / "runs.sqlite").runs() == []


def test_a_diverging_run_exits_1_and_says_where() -> None:
    wild = ["--normalisation", "none", "--lr", "10", "--warmup", "0", "--steps", "60"]
    done = cli("train", "--depth", "20", "--width", "4", *wild, "--json")
    assert done.returncode == 1
    last = json.loads(done.stdout.splitlines()[-1])
    assert last["event"] == "diverged"
    assert last["layer"]
