"""Time what recording costs: our probes at every step and at every tenth, and other loggers, over a bare step.

Run: pip install -e '.[benchmarks]', then python -m benchmarks.probes [--rounds 7] [--threads 1] [--device auto]. Each
round runs every loop for ten steps, in turns; printed is the median over rounds of a loop's time over the bare loop's
in the same round; each other logger has bare rounds of its own. Bare is our step with nothing recorded. W&B watches
gradients and parameters (offline), TensorBoard writes a histogram of every gradient, Lightning's grad_norm is logged to
its CSVLogger; each at every step, on top of the bare step. A logger that is not installed is left out.
"""

import argparse
import os
import statistics
import tempfile
from collections.abc import Callable

import torch

from benchmarks.step import Loop, ours, ratio, times
from explorer.datasets import Dataset, load
from explorer.networks import ResidualNetwork
from explorer.specs import DatasetName, DatasetSpec, DeviceChoice, Experiment, NetworkSpec, Precision, Race, Recipe, settings
from explorer.training import device_name
from explorer.training.loop import Trainer

STEPS = 10
CASES = (
    (DatasetName.SHAPES, 20, 16, 128),
    (DatasetName.SHAPES, 56, 16, 128),
    (DatasetName.DIGITS, 20, 16, 128),
    (DatasetName.DIGITS, 56, 8, 64),
)
"""Dataset, depth, width, batch; the last is what the app opens with."""
Log = Callable[[int], None]


def thinned(experiment: Experiment, data: Dataset, every: int) -> Loop:
    """Return a loop that records every so many steps."""
    trainer = Trainer(experiment, data)
    done = iter(range(1, 10**9))

    def loop(steps: int) -> None:
        for _ in range(steps):
            step = next(done)
            answer = trainer.step(step, log=step % every == 0)
            if answer is not None:
                answer.tolist()

    return loop


def logged(experiment: Experiment, data: Dataset, logger: Callable[[ResidualNetwork], Log]) -> Loop:
    """Return the bare loop with somebody else's logger called after every step, when gradients are still there."""
    trainer = Trainer(experiment, data)
    log = logger(trainer.network)
    done = iter(range(1, 10**9))

    def loop(steps: int) -> None:
        for _ in range(steps):
            step = next(done)
            trainer.step(step, log=False)
            log(step)

    return loop


def wandb_watch(network: ResidualNetwork) -> Log:
    """Weights & Biases: watch(log="all", log_freq=1), offline."""
    import wandb

    quiet = wandb.Settings(silent=True, console="off")
    run = wandb.init(mode="offline", dir=tempfile.mkdtemp(), settings=quiet, reinit="finish_previous")
    wandb.watch(network, log="all", log_freq=1)
    return lambda step: run.log({"step": step})


def tensorboard(network: ResidualNetwork) -> Log:
    """TensorBoard: a histogram of every gradient."""
    from torch.utils.tensorboard import SummaryWriter

    writer = SummaryWriter(tempfile.mkdtemp())

    def log(step: int) -> None:
        for name, weight in network.named_parameters():
            writer.add_histogram(name, weight.grad, step)

    return log


def lightning(network: ResidualNetwork) -> Log:
    """Lightning: its gradient-norm helper, logged to its CSVLogger."""
    from lightning.pytorch.loggers import CSVLogger
    from lightning.pytorch.utilities import grad_norm

    logger = CSVLogger(tempfile.mkdtemp())
    return lambda step: logger.log_metrics({k: float(v) for k, v in grad_norm(network, norm_type=2).items()}, step)


RIVALS = {"W&B watch": wandb_watch, "TensorBoard histograms": tensorboard, "Lightning grad_norm": lightning}


def measure(case: tuple[DatasetName, int, int, int], choice: DeviceChoice, rounds: int) -> None:
    """Print one line of the table."""
    name, depth, width, batch = case
    spec = DatasetSpec(name=name)
    data = load(spec, settings().datasets_path)
    recipe = Recipe(steps=100_000, batch=batch, precision=Precision.FP32)
    race = Race(networks=(NetworkSpec(depth=depth, width=width),), dataset=spec, recipe=recipe, device=choice)
    experiment = race.experiments[0]
    loops = {
        "bare": ours(experiment, data, record=False),
        "every step": ours(experiment, data, record=True),
        "every 10th": thinned(experiment, data, 10),
    }
    taken = times(loops, rounds, STEPS)
    told = {one: f"{ratio(taken, one, 'bare'):.3f}" for one in taken}
    # Afterwards, against the bare loop anew: they write in threads that go on while others are timed.
    for rival, logger in RIVALS.items():
        try:
            pair = {"bare": loops["bare"], rival: logged(experiment, data, logger)}
        except ImportError:
            continue
        told[rival] = f"{ratio(times(pair, rounds, STEPS), rival, 'bare'):.3f}"
    shape = "×".join(map(str, experiment.network.input_shape))
    cells = [told.get(one, "not installed") for one in ("every step", "every 10th", *RIVALS)]
    bare = 1000 * statistics.median(taken["bare"])
    print(f"| residual-{depth}, width {width}, {shape}, batch {batch} | {bare:.1f} ms | {' | '.join(cells)} |", flush=True)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--threads", type=int, default=1, help="a worker of the app trains with one")
    parser.add_argument("--device", type=DeviceChoice, default=DeviceChoice.AUTO)
    asked = parser.parse_args()
    torch.set_num_threads(asked.threads)
    digits = load(DatasetSpec(), settings().datasets_path)
    probed = Trainer(Experiment(network=NetworkSpec(input_shape=(1, 8, 8)), device=asked.device), digits).device
    print(
        f"{device_name(probed)}, threads: {asked.threads} of {os.cpu_count()} cores, "
        f"torch {torch.__version__}, {asked.rounds} rounds"
    )
    print(f"| network | bare step | every step | every 10th | {' | '.join(RIVALS)} |\n|---|---|---|---|---|---|---|")
    for case in CASES:
        measure(case, asked.device, asked.rounds)


if __name__ == "__main__":
    main()
