"""Layers and models: what they find, in which order, what they refuse to miss, and what they compute."""

from __future__ import annotations

import copy
import math
import pickle
import subprocess
import sys
from typing import Any

import numpy as np
import pytest

import dezero_lite.functions as F
from dezero_lite import layers, models
from dezero_lite.models import MLP, Model, Sequential
from dezero_lite.stage4 import Layer, Linear, Parameter, Variable, no_grad
from dezero_lite.testing import check_gradient


class Two(Layer):
    def __init__(self) -> None:
        self.second = Linear(2, in_size=3)
        self.scale = Parameter(np.ones(3))
        self.first = Linear(3, in_size=4, nobias=True)

    def forward(self, x: Any) -> Any:
        return self.second(self.first(x) * self.scale)


@pytest.mark.step44
def test_parameters_come_in_the_order_of_definition_whatever_the_hash_seed() -> None:
    layer = Two()
    assert list(layer.named_params()) == ["second/W", "second/b", "scale", "first/W"]
    assert list(layer.params()) == list(layer.named_params().values())
    code = "from tests.library.stage4.test_layers import Two; print(list(Two().named_params()))"
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert said == {"['second/W', 'second/b', 'scale', 'first/W']\n"}


@pytest.mark.step44
def test_an_attribute_that_is_set_again_counts_once_and_one_that_is_deleted_not_at_all() -> None:
    layer = Two()
    layer.scale = Parameter(np.zeros(3))
    assert list(layer.named_params()) == ["second/W", "second/b", "scale", "first/W"]
    del layer.scale
    assert list(layer.named_params()) == ["second/W", "second/b", "first/W"]


@pytest.mark.step45
def test_what_is_shared_comes_once_and_circles_end() -> None:
    layer = Two()
    other = Layer()
    other.a, other.b, other.scale, other.parent = layer, layer, layer.scale, other  # type: ignore[attr-defined]
    assert list(other.named_params()) == ["a/second/W", "a/second/b", "a/scale", "a/first/W"]


@pytest.mark.step44
def test_cleargrads_forgets_them_all() -> None:
    layer = Two()
    layer(np.ones((5, 4))).backward()
    assert all(p.grad is not None for p in layer.params())
    layer.cleargrads()
    assert all(p.grad is None for p in layer.params())


@pytest.mark.step45
@pytest.mark.parametrize(
    ("hide", "kind"),
    [
        (lambda: [Linear(2)], "Linear"),
        (lambda: (Linear(2), Linear(1)), "Linear"),
        (lambda: {"a": Linear(2)}, "Linear"),
        (lambda: [[Parameter(np.ones(2))]], "Parameter"),
        (lambda: {"a": [1, (Sequential(),)]}, "Sequential"),
    ],
)
def test_what_a_list_hides_is_refused(hide: Any, kind: str) -> None:
    class Hiding(Layer):
        def __init__(self) -> None:
            self.parts = hide()

    for layer in (Hiding(), Sequential(Hiding())):
        for use in (layer.named_params, layer.cleargrads, lambda layer=layer: list(layer.params())):
            with pytest.raises(TypeError) as caught:
                use()
            message = f"Hiding.parts hides a {kind}, so it would not be learned; "
            assert str(caught.value) == message + "give it its own attribute, with setattr"


@pytest.mark.step45
def test_a_list_beside_attributes_is_fine() -> None:
    layer = Layer()
    layer.l0 = Linear(2)  # type: ignore[attr-defined]
    layer.layers = [layer.l0, F.relu, "text", 3, np.ones(2)]  # type: ignore[attr-defined]
    assert list(layer.named_params()) == ["l0/W", "l0/b"]
    layer.layers.append(Linear(1))  # type: ignore[attr-defined]
    with pytest.raises(TypeError, match=r"Layer\.layers hides a Linear"):
        layer.cleargrads()


@pytest.mark.step45
def test_a_variable_that_gets_gradients_is_refused() -> None:
    class Scale(Layer):
        def __init__(self) -> None:
            self.factor = Variable(np.ones(1))
            self.power = Parameter(np.ones(1))

        def forward(self, x: Any) -> Any:
            self.state = x * self.factor * self.power
            return self.state

    scale = Scale()
    assert list(scale.named_params()) == ["power"]
    scale(np.ones(3)).backward()
    with pytest.raises(TypeError) as caught:
        scale.cleargrads()
    assert str(caught.value) == "Scale.factor gets gradients, but only a Parameter is learned; make it one"


@pytest.mark.step45
def test_a_state_may_be_a_variable() -> None:
    """As a recurrent layer has one: made by a function, or without a graph."""
    layer = Two()
    layer.state = layer(np.ones((1, 4)))  # type: ignore[attr-defined]
    layer.state.backward()  # type: ignore[attr-defined]
    layer.cleargrads()
    with no_grad():
        layer.state = layer(np.ones((1, 4)))  # type: ignore[attr-defined]
    layer.cleargrads()


@pytest.mark.step44
def test_a_layer_without_forward_says_so_and_keywords_are_passed_on() -> None:
    with pytest.raises(NotImplementedError, match=r"Layer does not define forward\(\*inputs\)"):
        Layer()(1)

    class Shifted(Layer):
        def forward(self, x: Any, by: float = 0.0) -> Any:
            return x + by

    assert Shifted()(1, by=2) == 3


@pytest.mark.step44
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_linear_draws_its_weights_as_it_says(dtype: Any) -> None:
    layer = Linear(3, dtype=dtype, in_size=2, rng=np.random.default_rng(0))
    expected = np.random.default_rng(0).standard_normal((2, 3)) * math.sqrt(1 / 2)
    np.testing.assert_array_equal(layer.W.data, expected.astype(dtype))
    assert layer.b is not None
    np.testing.assert_array_equal(layer.b.data, np.zeros(3, dtype), strict=True)
    x = np.ones((4, 2), dtype)
    y = layer(x)
    assert y.dtype == dtype
    np.testing.assert_allclose(y.data, x @ layer.W.data, rtol=1e-2 if dtype is np.float16 else 1e-6)


@pytest.mark.step44
def test_linear_waits_for_its_first_input() -> None:
    layer = Linear(3, rng=np.random.default_rng(0))
    assert [p.data is None for p in layer.params()] == [True, False]
    layer(np.ones((5, 4, 2)))
    np.testing.assert_array_equal(layer.W.data, Linear(3, in_size=2, rng=np.random.default_rng(0)).W.data)
    with pytest.raises(ValueError, match=r"linear needs x of shape .* got \(5, 4\) and \(2, 3\)"):
        layer(np.ones((5, 4)))


@pytest.mark.step44
def test_without_rng_weights_come_from_numpys_global_one() -> None:
    np.random.seed(7)
    drawn = Linear(3, in_size=2).W.data
    np.random.seed(7)
    np.testing.assert_array_equal(drawn, (np.random.standard_normal((2, 3)) * math.sqrt(1 / 2)).astype(np.float32))


@pytest.mark.step51
@pytest.mark.parametrize(("init", "std"), [(layers.xavier, 0.1), (layers.he, math.sqrt(0.02)), (lambda size: 3.0, 3.0)])
def test_init_is_the_standard_deviation(init: Any, std: float) -> None:
    W = Linear(400, in_size=100, rng=np.random.default_rng(0), init=init).W.data
    assert W.std() == pytest.approx(std, rel=0.01)


@pytest.mark.step44
def test_gradients_of_a_layer_are_right() -> None:
    layer = Two()
    x = np.random.default_rng(0).standard_normal((5, 4))
    for p in layer.params():
        p.data = p.data.astype(float)

        def loss(v: Variable, p: Parameter = p) -> Variable:
            names = {
                id(q): (owner, name) for owner in (layer, layer.first, layer.second) for name, q in vars(owner).items()
            }
            owner, name = names[id(p)]
            setattr(owner, name, v)
            y = F.sum(layer(x) ** 2)
            setattr(owner, name, p)
            return y

        check_gradient(loss, Variable(p.data))


@pytest.mark.step45
def test_mlp_has_its_activation_between_the_layers_alone() -> None:
    model = MLP((4, 3), activation=F.relu, rng=np.random.default_rng(0))
    x = np.random.default_rng(1).standard_normal((5, 2)).astype(np.float32)
    y = model(x)
    w0, b0, w1, b1 = [p.data for p in model.params()]
    np.testing.assert_allclose(y.data, np.maximum(x @ w0 + b0, 0) @ w1 + b1, rtol=1e-5, atol=1e-6)
    assert (y.data < 0).any()
    assert list(model.named_params()) == ["l0/W", "l0/b", "l1/W", "l1/b"]


@pytest.mark.step45
def test_sequential_takes_functions_too_and_its_layers_can_be_replaced() -> None:
    model = Sequential(Linear(4, in_size=2), F.relu, Linear(3, in_size=4))
    assert list(model.named_params()) == ["l0/W", "l0/b", "l2/W", "l2/b"]
    x = np.ones((5, 2), np.float32)
    np.testing.assert_array_equal(model(x).data, model.l2(F.relu(model.l0(x))).data)  # type: ignore[attr-defined]
    model.l2 = Linear(7, in_size=4)  # type: ignore[attr-defined]
    assert model(x).shape == (5, 7)
    assert len(list(model.params())) == 4


@pytest.mark.step45
def test_a_model_prints_its_parameters() -> None:
    model = MLP((1000, 10), rng=np.random.default_rng(0))
    assert repr(model) == (
        "MLP: 1,010 parameters\n"
        "  l0/W         made at the first call\n"
        "  l0/b         (1000,)            1,000\n"
        "  l1/W         made at the first call\n"
        "  l1/b         (10,)                 10"
    )
    model(np.ones((1, 784)))
    assert str(model).splitlines()[:2] == [
        "MLP: 795,010 parameters",
        "  l0/W         (784, 1000)      784,000",
    ]


@pytest.mark.step45
def test_a_model_draws_itself() -> None:
    dot = str(MLP((3, 1)).plot(np.ones((2, 2))))
    assert dot.count("shape=box") == 3
    assert dot.count('label="Affine"') == 2
    assert '"W: (2, 3) float32"' in dot
    assert '"W"' in str(MLP((3, 1)).plot(np.ones((2, 2)), verbose=False))


@pytest.mark.step45
def test_a_picture_of_a_model_can_be_written(tmp_path: Any) -> None:
    MLP((3, 1)).plot(np.ones((2, 2)), to_file=tmp_path / "model.dot")
    assert (tmp_path / "model.dot").read_text().startswith("digraph")


@pytest.mark.step45
def test_models_can_be_copied_and_stored() -> None:
    model = MLP((4, 2), rng=np.random.default_rng(0))
    x = np.ones((3, 2), np.float32)
    y = model(x)
    for twin in (copy.deepcopy(model), pickle.loads(pickle.dumps(model))):
        np.testing.assert_array_equal(twin(x).data, y.data)
        for p in twin.params():
            p.data = p.data + 1
        np.testing.assert_array_equal(model(x).data, y.data)


def test_the_indexes_name_what_there_is() -> None:
    assert (layers.Linear, layers.Layer, models.MLP, models.Model) == (Linear, Layer, MLP, Model)
    assert issubclass(Parameter, Variable)
