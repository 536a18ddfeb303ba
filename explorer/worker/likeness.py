"""The job behind the agreement view: maps that other jobs have computed, compared with each other."""

from collections.abc import Mapping

import numpy as np

from explorer.measure.likeness import rank_correlations, structural_similarities
from explorer.results.attribution import from_npz
from explorer.results.likeness import Likeness
from explorer.runs.store import Store
from explorer.specs.likeness import LikenessQuestion
from explorer.worker.asked import Report, validated


def likeness_job(payload: Mapping[str, object], blob: bytes, store: Store, report: Report) -> bytes:
    """Return an npz with the Likeness of all maps of some answered jobs; raises ValueError, one sentence for the page."""
    del blob
    found: dict[tuple[int, str], np.ndarray] = {}
    for job in validated(LikenessQuestion, payload).jobs:
        content = store.result(job)
        if content is None:
            raise ValueError("One of these maps is not there any more: reload the page to compute it again.")
        for index, result in enumerate(from_npz(content)):
            found |= {(index, str(method)): values for method, values in result.maps.items()}
    maps = np.stack([found[name] for name in sorted(found)])
    return Likeness(tuple(sorted(found)), rank_correlations(maps), structural_similarities(maps, report)).to_npz()
