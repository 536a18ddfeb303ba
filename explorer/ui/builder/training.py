"""Data, device and recipe."""

from explorer.questions.dataset.view import show_card
from explorer.specs import DatasetName, DatasetSpec
from explorer.ui.builder.columns import show_columns, show_control
from explorer.ui.builder.words import CLUTTER, DATASET, DEVICE, NOISE, RECIPE
from explorer.ui.widgets import selectbox


def show_training() -> dict[str, object]:
    """Draw what all networks of a race share and return it as a race's fields."""
    dataset: dict[str, object] = {"name": selectbox(DATASET)}
    if dataset["name"] is DatasetName.SHAPES:
        dataset |= show_columns({"noise": NOISE, "clutter": CLUTTER})
    show_card(DatasetSpec.model_validate(dataset))
    device = selectbox(DEVICE)
    in_columns = {name: control for name, control in RECIPE.items() if name != "nesterov"}
    recipe = show_columns(in_columns) | {"nesterov": show_control(RECIPE["nesterov"])}
    return {"dataset": dataset, "device": device, "recipe": recipe}
