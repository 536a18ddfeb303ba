import sqlite3
from pathlib import Path

import numpy as np
import pytest

from explorer.runs.schema import MIGRATIONS, StoreError
from explorer.runs.store import Store


def test_a_store_of_an_older_program_keeps_its_steps(folder: Path) -> None:
    connection = sqlite3.connect(folder / "old.sqlite")
    connection.executescript(f"{MIGRATIONS[0]} PRAGMA user_version = 1; PRAGMA foreign_keys = OFF;")
    norms = np.array([1, 2], np.float32).tobytes()
    connection.execute("INSERT INTO steps VALUES ('r', 1, 2.0, 0.5, 0.1, 0.01, ?)", (norms,))
    connection.commit()
    connection.close()
    steps = Store(folder / "old.sqlite").steps("r")
    assert steps.gradient_norms.tolist() == [[1, 2]]
    assert steps.blocks == 0


def test_a_store_newer_than_the_program_is_refused_with_a_sentence(folder: Path) -> None:
    connection = sqlite3.connect(folder / "runs.sqlite")
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    with pytest.raises(StoreError, match="version"):
        Store(folder / "runs.sqlite")
