"""Thought experiments as pure computation: one file a lab, numpy alone, the same answer for the same numbers."""

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.floating[Any]]
"""Real numbers, double precision unless a function says otherwise."""
