import pytest
from pydantic import ValidationError

from explorer.specs import Block, NetworkSpec, Race, Shortcut, depths, outline, sentences

# Depth: parameters and multiply-adds of plain/option A, option B, option C (shared with the papers' tables).
CIFAR = {
    14: ((172_506, 26_395_264), (175_258, 26_657_408), (181_146, 27_705_984)),
    20: ((269_722, 40_551_040), (272_474, 40_813_184), (283_962, 42_648_192)),
    32: ((464_154, 68_862_592), (466_906, 69_124_736), (489_594, 72_532_608)),
    44: ((658_586, 97_174_144), (661_338, 97_436_288), (695_226, 102_417_024)),
    56: ((853_018, 125_485_696), (855_770, 125_747_840), (900_858, 132_301_440)),
    110: ((1_727_962, 252_887_680), (1_730_714, 253_149_824), (1_826_202, 266_781_312)),
    1202: ((19_421_274, 2_829_238_912), (19_424_026, 2_829_501_056), (20_538_714, 2_986_263_168)),
}


@pytest.mark.parametrize("depth", CIFAR)
@pytest.mark.parametrize("shortcut", Shortcut)
def test_parameters_and_multiply_adds_are_those_of_the_papers(depth: int, shortcut: Shortcut) -> None:
    form = outline(NetworkSpec(depth=depth, shortcut=shortcut))
    column = {"none": 0, "A": 0, "B": 1, "C": 2}[shortcut]
    assert (form.parameters, form.macs) == CIFAR[depth][column]
    assert len(form.weighted_layers) == depth
    assert form.projections == {"none": 0, "A": 0, "B": 2, "C": (depth - 2) // 2}[shortcut]


@pytest.mark.parametrize(("depth", "parameters"), [(110, 1_146_842), (164, 1_703_258), (1001, 10_327_706)])
def test_pre_activation_bottlenecks_have_the_second_papers_parameters(depth: int, parameters: int) -> None:
    form = outline(NetworkSpec(depth=depth, block="bottleneck", order="pre", shortcut="B"))
    assert form.parameters == parameters


def test_a_grey_picture_needs_fewer_weights() -> None:
    assert outline(NetworkSpec(depth=20, input_shape=(1, 28, 28))).macs == 30_821_248
    assert outline(NetworkSpec(depth=20, input_shape=(1, 8, 8))).macs == 2_516_608


@pytest.mark.parametrize(
    ("depth", "block", "near"),
    [(57, "basic", "56 and 62"), (57, "bottleneck", "56 and 65"), (9, "basic", "8 and 14"), (5000, "basic", "1196 and 1202")],
)
def test_a_depth_that_does_not_fit_names_the_nearest_two(depth: int, block: str, near: str) -> None:
    with pytest.raises(ValidationError) as refused:
        NetworkSpec(depth=depth, block=block)
    [sentence] = sentences(refused.value)
    assert sentence.startswith(f"depth is {depth}")
    assert near in sentence


@pytest.mark.parametrize(
    ("field", "value"), [("width", 3), ("width", 65), ("branch_scale", float("nan")), ("classes", 1), ("input_shape", (3, 2, 2))]
)
def test_a_value_out_of_range_is_named_with_what_is_allowed(field: str, value: object) -> None:
    with pytest.raises(ValidationError) as refused:
        NetworkSpec.model_validate({field: value})
    assert any(str(value) in one or field in one for one in sentences(refused.value))


def test_an_error_in_a_race_says_which_network() -> None:
    with pytest.raises(ValidationError) as refused:
        Race.model_validate({"networks": [{"depth": 20}, {"depth": 21}]})
    assert sentences(refused.value) == [
        "Network B: depth is 21: basic blocks need 6n+2 layers, at most 1202; the nearest two are 20 and 26."
    ]


def test_every_depth_of_a_form_is_accepted() -> None:
    assert all(NetworkSpec(depth=depth, block=block).depth == depth for block in Block for depth in depths(block))


def test_a_plain_twin_has_exactly_the_parameters_of_its_residual_network() -> None:
    network = NetworkSpec(depth=32, zero_last_gain=True)
    assert outline(network.twin()).parameters == outline(network).parameters
    assert network.twin().twin().shortcut is Shortcut.A
