"""Every network's answers on the test set, which pictures are chosen by."""

import torch

from explorer.datasets import Dataset
from explorer.networks import ResidualNetwork
from explorer.questions.attribution.pictures.result import Predictions
from explorer.questions.given import Given, Report
from explorer.questions.spec import TrainedSpec

MOST = 2000
"""Test pictures that are asked, the first ones."""
CHUNK = 250


def measure(spec: TrainedSpec, given: Given) -> tuple[Predictions, ...]:
    """Return one Predictions a run."""
    return given.each(spec, predict)


def predict(network: ResidualNetwork, data: Dataset, report: Report) -> Predictions:
    """Return a network's probabilities on the first test pictures, in evaluation mode."""
    device = next(network.parameters()).device
    network.eval()
    labels = data.test_labels[:MOST]
    found = []
    with torch.no_grad():
        for index, part in enumerate(torch.split(data.test_images[:MOST], CHUNK)):
            report(index * CHUNK / len(labels), "test pictures")
            found.append(network(data.normalise(part.to(device))).float().softmax(1).cpu())
    return Predictions(torch.cat(found).numpy(), labels.numpy())
