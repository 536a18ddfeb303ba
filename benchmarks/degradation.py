"""The running example: how much worse plain-56 trains than residual-56, seeds 0 to 4, the app's own recipe.

Run: python -m benchmarks.degradation. Prints, for each seed, the loss of the last step's batch and the loss over the
whole training set of both networks, and their ratios; then the least and the median ratio.
"""

from statistics import median

from explorer.datasets import Dataset, load
from explorer.runs.events import Evaluation, Step
from explorer.specs import PRESETS, DeviceChoice, Experiment, settings
from explorer.training import train

SEEDS = range(5)


def losses(experiment: Experiment, data: Dataset) -> tuple[float, float]:
    """Return the loss of the last step's batch and the loss over the training set after it."""
    events = list(train(experiment, data))
    step = next(event for event in reversed(events) if isinstance(event, Step))
    evaluation = next(event for event in reversed(events) if isinstance(event, Evaluation))
    return step.loss, evaluation.train_loss


def main() -> None:
    """Print the table."""
    race = PRESETS[0].race.model_copy(update={"device": DeviceChoice.CPU})
    data = load(race.dataset, settings().datasets_path)
    print("| seed | plain-56: batch, set | residual-56: batch, set | ratio: batch, set |\n|---|---|---|---|")
    ratios = []
    for seed in SEEDS:
        seeded = race.model_copy(update={"recipe": race.recipe.model_copy(update={"seed": seed})})
        plain, residual = (losses(experiment, data) for experiment in seeded.experiments)
        ratio = plain[0] / residual[0], plain[1] / residual[1]
        ratios.append(ratio)
        row = f"| {seed} | {plain[0]:.3f}, {plain[1]:.3f} | {residual[0]:.4f}, {residual[1]:.4f}"
        print(f"{row} | {ratio[0]:.0f}, {ratio[1]:.0f} |", flush=True)
    for name, found in zip(("batch", "training set"), zip(*ratios, strict=True), strict=True):
        print(f"loss of the {name}: least ratio {min(found):.1f}, median {median(found):.1f}")


if __name__ == "__main__":
    main()
