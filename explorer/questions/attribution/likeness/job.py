"""The job behind the agreement view: maps that are there, compared with each other."""

from collections.abc import Mapping

import numpy as np

from explorer.questions.attribution.likeness.measure import rank_correlations, structural_similarities
from explorer.questions.attribution.likeness.result import Likeness
from explorer.questions.attribution.methods.result import from_npz
from explorer.questions.given import Report
from explorer.runs.store import Store


def likeness_job(payload: Mapping[str, object], blob: bytes, store: Store, report: Report) -> bytes:
    """Return an npz with the Likeness of all maps in `blob`, results of one request; raises ValueError, one sentence."""
    del payload, store
    found = {
        (index, str(method)): values
        for index, result in enumerate(from_npz(blob))
        for method, values in result.maps.items()
    }
    maps = np.stack([found[name] for name in sorted(found)])
    return Likeness(tuple(sorted(found)), rank_correlations(maps), structural_similarities(maps, report)).to_npz()
