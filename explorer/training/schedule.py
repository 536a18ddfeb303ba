"""The learning rate of every step."""

import math

from explorer.specs import Recipe, Schedule


def learning_rate(recipe: Recipe, step: int) -> float:
    """Return the rate of a step, 1 for the first: a straight warm-up, then the schedule."""
    if step <= recipe.warmup:
        return recipe.learning_rate * step / (recipe.warmup + 1)
    match recipe.schedule:
        case Schedule.CONSTANT:
            factor = 1.0
        case Schedule.STEP:
            factor = 0.1 ** ((step > recipe.steps * 0.5) + (step > recipe.steps * 0.75))
        case Schedule.COSINE:
            share = (step - recipe.warmup - 1) / max(1, recipe.steps - recipe.warmup)
            factor = 0.5 * (1 + math.cos(math.pi * share))
    return recipe.learning_rate * factor
