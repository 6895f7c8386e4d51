"""Files of weights and of optimizers' states: they come back as they were, and what does not fit changes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dezero_lite.functions as F
import dezero_lite.layers as L
from dezero_lite import Variable, optimizers
from dezero_lite.models import MLP, Sequential
from dezero_lite.stage5 import DeviceArray

pytestmark = pytest.mark.step53

KINDS: list[Callable[[], Any]] = [
    lambda: optimizers.SGD(0.1),
    lambda: optimizers.Momentum(0.1),
    lambda: optimizers.AdaGrad(0.1),
    lambda: optimizers.Adam(0.1),
    lambda: optimizers.AdamW(0.1),
]


def make(seed: int = 0, sizes: tuple[int, ...] = (4, 2), dtype: Any = np.float32) -> MLP:
    model = MLP(sizes, F.relu, in_size=None, rng=np.random.default_rng(seed), dtype=dtype)
    model(np.ones((1, 3), dtype))
    return model


def steps(model: MLP, optimizer: Any, count: int) -> None:
    rng = np.random.default_rng(count)
    for _ in range(count):
        x, t = rng.standard_normal((8, 3)).astype(np.float32), rng.integers(0, 2, 8)
        loss = F.softmax_cross_entropy(model(x), t)
        model.cleargrads()
        loss.backward()
        optimizer.update()


def data_of(model: Any) -> dict[str, Any]:
    return {name: p.data for name, p in model.named_params().items()}


def assert_equal(model: Any, other: Any) -> None:
    for (name, a), (other_name, b) in zip(data_of(model).items(), data_of(other).items(), strict=True):
        assert name == other_name
        np.testing.assert_array_equal(a, b, strict=True)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_what_was_saved_comes_back(tmp_path: Path, dtype: Any) -> None:
    model, other = make(0, dtype=dtype), make(1, dtype=dtype)
    model.save_weights(tmp_path / "weights.npz")
    assert [file.name for file in tmp_path.iterdir()] == ["weights.npz"]
    with np.load(tmp_path / "weights.npz") as file:
        assert file.files == ["l0/W", "l0/b", "l1/W", "l1/b"]
    other.load_weights(str(tmp_path / "weights.npz"))
    assert_equal(model, other)


def test_parameters_keep_their_type_and_their_memory(tmp_path: Path) -> None:
    make(0).save_weights(tmp_path / "weights.npz")
    other = make(1, dtype=np.float64)
    other.load_weights(tmp_path / "weights.npz")
    assert {p.dtype for p in other.params()} == {np.dtype(np.float64)}
    there = make(1).move_to(DeviceArray)
    there.load_weights(tmp_path / "weights.npz")
    assert {type(p.data) for p in there.params()} == {DeviceArray}
    there.save_weights(tmp_path / "again.npz")
    back = make(2)
    back.load_weights(tmp_path / "again.npz")
    assert_equal(back, make(0))


def test_parameters_without_data_take_what_comes(tmp_path: Path) -> None:
    make(0).save_weights(tmp_path / "weights.npz")
    model = MLP((4, 2), F.relu)
    model.load_weights(tmp_path / "weights.npz")
    assert_equal(model, make(0))


def test_a_parameter_without_axes_is_saved_too(tmp_path: Path) -> None:
    class One(L.Layer):
        def __init__(self, value: float) -> None:
            self.p = L.Parameter(np.array(value, np.float32))

    one, other = One(2.5), One(0.0)
    optimizer, resumed = optimizers.Adam().setup(one), optimizers.Adam().setup(other)
    one.p.grad = Variable(np.array(1.0, np.float32))
    optimizer.update()
    one.save_weights(tmp_path / "one.npz")
    optimizer.save_state(tmp_path / "adam.npz")
    other.load_weights(tmp_path / "one.npz")
    resumed.load_state(tmp_path / "adam.npz")
    other.p.grad = Variable(np.array(1.0, np.float32))
    for o in (optimizer, resumed):
        o.update()
    assert one.p.data == other.p.data
    assert other.p.dtype == np.float32


@pytest.mark.parametrize("kind", KINDS)
def test_a_training_goes_on_as_if_it_had_not_stopped(tmp_path: Path, kind: Callable[[], Any]) -> None:
    model = make()
    optimizer = kind().setup(model)
    steps(model, optimizer, 5)
    optimizer.lr = 0.05
    model.save_weights(tmp_path / "weights.npz")
    optimizer.save_state(tmp_path / "state.npz")
    steps(model, optimizer, 3)
    other = make(1)
    resumed = kind().setup(other)
    other.load_weights(tmp_path / "weights.npz")
    resumed.load_state(tmp_path / "state.npz")
    assert resumed.lr == 0.05
    steps(other, resumed, 3)
    assert_equal(model, other)


def test_a_state_lies_where_the_parameters_lie(tmp_path: Path) -> None:
    model = make()
    optimizer = optimizers.Adam().setup(model)
    steps(model, optimizer, 2)
    optimizer.save_state(tmp_path / "state.npz")
    model.move_to(DeviceArray)
    resumed: Any = optimizers.Adam().setup(model)
    resumed.load_state(tmp_path / "state.npz")
    for m, v, t in resumed.states.values():
        assert (type(m), type(v), t) == (DeviceArray, DeviceArray, 2)


@settings(max_examples=15)
@given(place=st.floats(0, 1), name=st.sampled_from(["weights", "state"]))
def test_a_file_that_was_cut_off_changes_nothing(tmp_path_factory: Any, place: float, name: str) -> None:
    folder = tmp_path_factory.mktemp("cut")
    model = make()
    optimizer: Any = optimizers.Momentum().setup(model)
    steps(model, optimizer, 1)
    model.save_weights(folder / "weights.npz")
    optimizer.save_state(folder / "state.npz")
    path = folder / f"{name}.npz"
    whole = path.read_bytes()
    path.write_bytes(whole[: int(place * (len(whole) - 1))])
    before, kept = data_of(model), dict(optimizer.velocities)
    load = model.load_weights if name == "weights" else optimizer.load_state
    with pytest.raises(ValueError, match=rf"{name}\.npz is not a whole \.npz file .*; save or fetch it again"):
        load(path)
    assert all(data_of(model)[key] is array for key, array in before.items())
    assert all(optimizer.velocities[p] is v for p, v in kept.items())


def test_bytes_that_were_changed_are_noticed(tmp_path: Path) -> None:
    model, path = make(), tmp_path / "weights.npz"
    model.save_weights(path)
    whole = bytearray(path.read_bytes())
    whole[whole.index(b"l0/W.npy") + 60] ^= 255
    path.write_bytes(whole)
    with pytest.raises(ValueError, match=r"is not a whole \.npz file"):
        model.load_weights(path)


def test_the_old_file_stays_whole_where_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model, path = make(), tmp_path / "weights.npz"
    model.save_weights(path)
    before = path.read_bytes()

    def fail(file: Any, array: Any, **_: Any) -> None:
        file.write(b"half")
        raise OSError("no space left")

    monkeypatch.setattr(np.lib.format, "write_array", fail)
    with pytest.raises(OSError, match="no space left"):
        make(1).save_weights(path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["weights.npz"]


def test_all_differences_are_named_at_once_and_nothing_changes(tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    make().save_weights(path)
    other = Sequential(L.Linear(5, in_size=3), F.relu, L.Linear(2, in_size=5))
    before = data_of(other)
    with pytest.raises(ValueError) as caught:
        other.load_weights(path)
    assert str(caught.value) == (
        f"{path} does not fit Sequential: l0/W has shape (3, 4) in the file, (3, 5) here; "
        "l0/b has shape (4,) in the file, (5,) here; l2/W is missing from the file; l2/b is missing from the file; "
        "l1/W is only in the file; l1/b is only in the file"
    )
    assert all(data_of(other)[name] is array for name, array in before.items())


def test_a_sum_that_differs_is_named(tmp_path: Path) -> None:
    model, path = make(), tmp_path / "weights.npz"
    model.save_weights(path)
    right = hashlib.sha256(path.read_bytes()).hexdigest()
    model.load_weights(path, sha256=right)
    with pytest.raises(ValueError, match=rf"weights\.npz has the sum {right}, expected 00; fetch it again"):
        model.load_weights(path, sha256="00")


def test_pickle_is_never_read(tmp_path: Path) -> None:
    objects: Any = {"l0/W": np.array([None, {}], dtype=object)}
    np.savez(tmp_path / "objects.npz", **objects)
    with pytest.raises(ValueError, match=r"objects.npz is not a whole .npz file \(Object arrays cannot be loaded"):
        make().load_weights(tmp_path / "objects.npz")


@pytest.mark.parametrize(
    ("wrong", "kind", "message"),
    [
        (lambda m, o: m.save_weights("weights"), ValueError, "ends in .npz, got weights; write weights.npz"),
        (lambda m, o: m.load_weights("weights"), ValueError, "ends in .npz, got weights; write weights.npz"),
        (lambda m, o: o.save_state("state.bin"), ValueError, "ends in .npz, got state.bin; write state.bin.npz"),
        (lambda m, o: m.load_weights("nowhere.npz"), FileNotFoundError, "nowhere.npz"),
        (lambda m, o: MLP((2,)).save_weights("w.npz"), ValueError, "l0/W has no data yet; call the model once"),
        (lambda m, o: optimizers.SGD().save_state("s.npz"), ValueError, "an optimizer needs a model; call setup"),
    ],
)
def test_what_cannot_be_saved_is_named(
    wrong: Any, kind: type[Exception], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    model = make()
    with pytest.raises(kind) as caught:
        wrong(model, optimizers.SGD().setup(model))
    assert message in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_state_of_another_optimizer_or_model_is_refused(tmp_path: Path) -> None:
    model, path = make(), tmp_path / "state.npz"
    momentum: Any = optimizers.Momentum().setup(model)
    steps(model, momentum, 1)
    momentum.save_state(path)
    adam: Any = optimizers.Adam().setup(model)
    with pytest.raises(ValueError, match="does not fit Adam: velocities/l0/W is only in the file; velocities/l0/b"):
        adam.load_state(path)
    assert adam.states == {}
    wide = optimizers.Momentum().setup(make(0, (5, 2)))
    with pytest.raises(ValueError, match=r"velocities/l0/W has shape \(3, 4\) in the file, l0/W another here"):
        wide.load_state(path)
    empty = optimizers.Momentum().setup(MLP((4, 2)))
    with pytest.raises(ValueError, match=r"velocities/l0/W has shape"):
        empty.load_state(path)
    model.save_weights(path)
    with pytest.raises(ValueError, match="lr is missing from the file; l0/W is only in the file"):
        momentum.load_state(path)


def stays(model: Any, load: Callable[[], None], **optimizers_own: Any) -> str:
    """What a file that does not fit is refused with; not one parameter has other data then."""
    before = data_of(model)
    with pytest.raises(ValueError) as caught:
        load()
    assert all(data_of(model)[name] is array for name, array in before.items())
    return str(caught.value)


def changed(path: Path, **arrays: Any) -> None:
    """Put other arrays into a file of weights, under names such as l1_b for l1/b."""
    with np.load(path) as file:
        whole = dict(file)
    np.savez(path, **whole | {name.replace("_", "/"): array for name, array in arrays.items()})


@pytest.mark.parametrize("last", [np.zeros(3), np.zeros((2, 1)), np.zeros(())])
def test_parameters_before_the_one_that_does_not_fit_stay_too(tmp_path: Path, last: Any) -> None:
    path, model = tmp_path / "weights.npz", make(1)
    make(0).save_weights(path)
    changed(path, l1_b=last)
    assert f"l1/b has shape {last.shape} in the file, (2,) here" in stays(model, lambda: model.load_weights(path))


@pytest.mark.parametrize("last", [np.array(["a", "b"]), np.array([1j, 2])])
def test_what_is_no_number_is_refused_before_anything_is_set(tmp_path: Path, last: Any) -> None:
    path = tmp_path / "weights.npz"
    make(0).save_weights(path)
    changed(path, l1_b=last)
    for model in (make(1), MLP((4, 2), F.relu)):
        says = f"l1/b has no real numbers in the file, but {last.dtype}"
        assert stays(model, partial(model.load_weights, path)).endswith(says)


def test_arrays_from_before_keep_their_numbers(tmp_path: Path) -> None:
    """A graph, or somebody who compares before with after, may hold them."""
    make(0).save_weights(tmp_path / "weights.npz")
    model = make(1)
    before = data_of(model)
    model.load_weights(tmp_path / "weights.npz")
    for name, array in data_of(make(1)).items():
        np.testing.assert_array_equal(before[name], array)


def test_a_refused_state_leaves_the_rate_as_it_was(tmp_path: Path) -> None:
    path, model = tmp_path / "state.npz", make()
    momentum = optimizers.Momentum(0.5).setup(model)
    steps(model, momentum, 1)
    momentum.save_state(path)
    adam: Any = optimizers.Adam(0.25).setup(model)
    with pytest.raises(ValueError, match="does not fit Adam"):
        adam.load_state(path)
    assert (adam.lr, adam.states) == (0.25, {})


def test_what_the_file_has_no_state_for_begins_anew(tmp_path: Path) -> None:
    """As it was when the file was written: a state from elsewhere would pull the parameters along."""
    path, model = tmp_path / "state.npz", make()
    optimizer: Any = optimizers.Momentum().setup(model)
    optimizer.save_state(path)  # before the first update
    steps(model, optimizer, 1)
    assert len(optimizer.velocities) == 4
    optimizer.load_state(path)
    assert optimizer.velocities == {}


@pytest.mark.parametrize("name", ["file", "allow_pickle", "args", "self", "lr", "0", "p/0", "名前"])
@pytest.mark.parametrize("kind", [optimizers.Momentum, optimizers.Adam])
def test_a_parameter_may_have_any_name(tmp_path: Path, name: str, kind: Any) -> None:
    """np.savez takes file and allow_pickle for its own arguments."""
    layers = []
    for value in (2.0, 3.0):
        layer = L.Layer()
        setattr(layer, name, L.Parameter(np.array([value, 1.0])))
        layers.append(layer)
    one, other = layers
    optimizer, resumed = kind().setup(one), kind().setup(other)
    getattr(one, name).grad = Variable(np.ones(2))
    optimizer.update()
    one.save_weights(tmp_path / "weights.npz")
    optimizer.save_state(tmp_path / "state.npz")
    other.load_weights(tmp_path / "weights.npz")
    resumed.load_state(tmp_path / "state.npz")
    getattr(other, name).grad = Variable(np.ones(2))
    for o in (optimizer, resumed):
        o.update()
    np.testing.assert_array_equal(getattr(other, name).data, getattr(one, name).data)


@pytest.mark.parametrize("lost", [["states/l0/b/2"], ["states/l0/b/1"], [f"states/{p}/2" for p in data_of(make())]])
def test_a_state_that_lacks_a_part_is_refused(tmp_path: Path, lost: list[str]) -> None:
    """Else the next update fails, after the old state is gone."""
    path, model = tmp_path / "state.npz", make()
    adam: Any = optimizers.Adam(0.25).setup(model)
    steps(model, adam, 1)
    adam.save_state(path)
    with np.load(path) as file:
        whole = dict(file)
    np.savez(path, **{name: array for name, array in whole.items() if name not in lost})
    before = dict(adam.states)
    says = stays(model, lambda: adam.load_state(path))
    assert "does not fit Adam: " in says
    assert "l0/b cannot go on with its state: not enough values to unpack (expected 3, got 2)" in says
    assert adam.states == before
    steps(model, adam, 1)


def test_a_state_of_words_is_refused(tmp_path: Path) -> None:
    path, model = tmp_path / "state.npz", make()
    momentum = optimizers.Momentum().setup(model)
    steps(model, momentum, 1)
    momentum.save_state(path)
    with np.load(path) as file:
        whole = dict(file)
    np.savez(path, **whole | {"velocities/l1/b": np.array(["a", "b"])})
    assert "l1/b cannot go on with its state: " in stays(model, lambda: momentum.load_state(path))
