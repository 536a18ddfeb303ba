"""The job behind the choice of pictures: every network's answers on the test set."""

from collections.abc import Mapping

import torch

from explorer.datasets import Dataset
from explorer.networks import ResidualNetwork
from explorer.questions.attribution.pictures.result import Standing, to_npz
from explorer.questions.given import Report, ask_each, validated
from explorer.questions.spec import Question
from explorer.runs.store import Store

MOST = 2000
"""Test pictures that are asked, the first ones."""
CHUNK = 250


def standing_job(payload: Mapping[str, object], blob: bytes, store: Store, report: Report) -> bytes:
    """Return an npz with one Standing a run; raises ValueError, one sentence for the page."""
    del blob
    question = validated(Question, payload)
    return to_npz(ask_each(store, question.runs, question.step, report, stand))


def stand(network: ResidualNetwork, data: Dataset, report: Report) -> Standing:
    """Return a network's probabilities on the first test pictures, in evaluation mode."""
    device = next(network.parameters()).device
    network.eval()
    labels = data.test_labels[:MOST]
    found = []
    with torch.no_grad():
        for index, part in enumerate(torch.split(data.test_images[:MOST], CHUNK)):
            report(index * CHUNK / len(labels), "test pictures")
            found.append(network(data.normalise(part.to(device))).float().softmax(1).cpu())
    return Standing(torch.cat(found).numpy(), labels.numpy())
