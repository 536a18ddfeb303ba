"""The store's file: its tables, how an older one becomes a newer one, and how threads and processes share it."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MIGRATIONS = (
    """
    CREATE TABLE runs (
        id TEXT PRIMARY KEY, race TEXT NOT NULL, lane INTEGER NOT NULL, owner TEXT NOT NULL,
        experiment TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '',
        created REAL NOT NULL, started REAL, ended REAL, step INTEGER NOT NULL DEFAULT 0,
        recorded INTEGER NOT NULL DEFAULT 0, device_name TEXT NOT NULL DEFAULT '', precision TEXT NOT NULL DEFAULT '',
        rewinds INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX runs_by_race ON runs (race, lane);
    CREATE INDEX runs_by_age ON runs (created);
    CREATE INDEX runs_by_experiment ON runs (experiment);
    CREATE TABLE steps (
        run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, step INTEGER NOT NULL,
        loss REAL, accuracy REAL, learning_rate REAL, seconds REAL, gradient_norms BLOB NOT NULL,
        PRIMARY KEY (run, step)
    ) WITHOUT ROWID;
    CREATE TABLE evaluations (
        run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, step INTEGER NOT NULL,
        train_loss REAL, train_error REAL, test_loss REAL, test_error REAL,
        PRIMARY KEY (run, step)
    ) WITHOUT ROWID;
    CREATE TABLE checkpoints (
        run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE, step INTEGER NOT NULL,
        weights BLOB NOT NULL, state BLOB NOT NULL, PRIMARY KEY (run, step)
    );
    CREATE TABLE jobs (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL, pool TEXT NOT NULL, owner TEXT NOT NULL, payload TEXT NOT NULL,
        blob BLOB NOT NULL, state TEXT NOT NULL, created REAL NOT NULL, started REAL, worker TEXT NOT NULL DEFAULT '',
        progress REAL NOT NULL DEFAULT 0, message TEXT NOT NULL DEFAULT '', result BLOB,
        command TEXT NOT NULL DEFAULT 'run', single INTEGER NOT NULL DEFAULT 0, delay REAL NOT NULL DEFAULT 0
    );
    CREATE INDEX jobs_by_state ON jobs (state, pool, created);
    CREATE TABLE workers (
        id TEXT PRIMARY KEY, pid INTEGER NOT NULL, pool TEXT NOT NULL, ready INTEGER NOT NULL, beat REAL NOT NULL
    );
    """,
    "ALTER TABLE steps ADD COLUMN profile BLOB NOT NULL DEFAULT x'';",
    "ALTER TABLE runs ADD COLUMN origin TEXT NOT NULL DEFAULT '';",
)


class StoreError(RuntimeError):
    """The store's file cannot be used; the message says why."""


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a file to the newest version; raises StoreError if it is newer than this program."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(MIGRATIONS):
        raise StoreError(
            f"The run store has version {version}: this program knows versions up to {len(MIGRATIONS)}; use a newer one."
        )
    for number, statements in enumerate(MIGRATIONS[version:], start=version + 1):
        # One script, one transaction: a crash leaves the old version whole.
        connection.executescript(f"BEGIN IMMEDIATE; {statements} PRAGMA user_version = {number}; COMMIT;")


class Database:
    """The file at a path; made there, or migrated, when opened. Safe to use from any thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._local = threading.local()
        migrate(self._connection)

    @property
    def _connection(self) -> sqlite3.Connection:
        """This thread's connection, in autocommit mode."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = sqlite3.connect(self.path, timeout=30, isolation_level=None)
            found.executescript(
                "PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;PRAGMA foreign_keys = ON;"
            )
            self._local.connection = found
        return found

    def _do(self, statement: str, *values: object) -> sqlite3.Cursor:
        return self._connection.execute(statement, values)

    def close(self) -> None:
        """Close this thread's connection."""
        self._connection.close()
        del self._local.connection

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; the file is locked for writing from the start."""
        self._do("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._do("ROLLBACK")
            raise
        self._do("COMMIT")
