"""What stands in for what was measured: a network of two blocks, and a plain one."""

from explorer.questions.anatomy.result import Anatomy

RESIDUAL = Anatomy(
    blocks=("stage1.block1", "stage2.block1"),
    shortcut_gradient=(3.0, 1.0), branch_gradient=(1.0, 1.0), input_gradient=(3.5, 1.5), gradient_cosine=(0.1, 0.2),
    added=(0.5, 2.0), added_cosine=(0.0, 0.3), downhill=(0.25, None), readout=(0.2, 0.5, 0.75),
    written=(0.25, 0.5), written_before=0.375, written_relu=-0.125, written_constant=0.0, batch=256, fitted=1437, pictures=360,
)  # fmt: skip
NONE = (None, None)
PLAIN = RESIDUAL.model_copy(
    update={
        "shortcut_gradient": NONE,
        "gradient_cosine": NONE,
        "added": NONE,
        "added_cosine": NONE,
        "downhill": NONE,
        "written": NONE,
    }
)
