"""The one settings file: where data and runs are kept, and what a browser may ask for.

Read from the file that RESIDUAL_EXPLORER_SETTINGS names (TOML), else from `settings.toml` in the
data folder, else the defaults below hold. README.md lists every field.
"""

import os
import tomllib
from functools import lru_cache
from pathlib import Path

from platformdirs import user_data_path
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from explorer.specs.errors import sentences
from explorer.specs.experiment import Race

SETTINGS_VARIABLE = "RESIDUAL_EXPLORER_SETTINGS"
FOLDER_VARIABLE = "RESIDUAL_EXPLORER_FOLDER"


class SettingsError(ValueError):
    """The settings file cannot be read; the message names file, field, value and what is allowed."""


class Settings(BaseModel):
    """Where things are kept and how much one browser may ask for."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    folder: Path = Path()
    """Runs, downloaded datasets and this file; RESIDUAL_EXPLORER_FOLDER overrides it."""
    data_folder: Path | None = None
    """Datasets in torchvision's layout; `datasets` in the folder unless set."""
    training_workers: int = Field(default=0, ge=0, le=64)
    """Processes that train; 0 takes one for two processor cores, or one for each GPU."""
    max_depth: int = Field(default=218, ge=8, le=1202)
    """Deepest network a browser may train; diagrams go to 1202 whatever stands here."""
    max_width: int = Field(default=64, ge=4, le=64)
    """Widest first stage a browser may train."""
    max_steps: int = Field(default=20_000, ge=1, le=100_000)
    """Most steps of a run that a browser may start."""
    max_runs: int = Field(default=200, ge=1)
    """Runs that one browser may keep."""
    max_waiting: int = Field(default=4, ge=1)
    """Races that one browser may have waiting or training."""
    max_upload_mb: int = Field(default=8, ge=1, le=100)
    """Size of an uploaded picture in megabytes."""

    @property
    def store_path(self) -> Path:
        """The SQLite file of the run store."""
        return self.folder / "runs.sqlite"

    @property
    def datasets_path(self) -> Path:
        """Where datasets are looked for and downloaded to."""
        return self.data_folder or self.folder / "datasets"

    @property
    def weights_path(self) -> Path:
        """Where trained weights of the ImageNet form are looked for and downloaded to."""
        return self.folder / "weights"

    def allow(self, race: Race) -> None:
        """Raise `LimitError` if a browser may not train this race on this server."""
        for network in race.networks:
            _check("depth", network.depth, self.max_depth)
            _check("width", network.width, self.max_width)
        _check("steps", race.recipe.steps, self.max_steps)


class LimitError(ValueError):
    """A browser asked for more than this server allows; the message is a sentence for the page."""


def _check(field: str, value: int, most: int) -> None:
    if value > most:
        raise LimitError(f"{field} is {value}: this server trains up to {most} (settings: max_{field}).")


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return the settings in force; raises SettingsError with one sentence."""
    folder = Path(os.environ.get(FOLDER_VARIABLE) or user_data_path("residual-explorer"))
    path = Path(os.environ.get(SETTINGS_VARIABLE) or folder / "settings.toml")
    try:
        given = tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
        if not path.is_file() and SETTINGS_VARIABLE in os.environ:
            raise SettingsError(f"{SETTINGS_VARIABLE} is {path}: there is no such file.")
        if FOLDER_VARIABLE in os.environ or "folder" not in given:
            given["folder"] = folder
        return Settings.model_validate(given)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is not TOML: {error}.") from error
    except ValidationError as error:
        raise SettingsError(f"{path}: {' '.join(sentences(error))}") from error
