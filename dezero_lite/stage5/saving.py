"""Files of weights, and of what an optimizer keeps: NumPy's .npz, an array for each name, never pickle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from dezero_lite.stage3.data import as_array
from dezero_lite.stage4.layers import Layer, Parameter
from dezero_lite.stage4.optimizers import Optimizer
from dezero_lite.stage5.devices import as_numpy

if TYPE_CHECKING:
    from pathlib import Path

Arrays = dict[str, Any]


def save_weights(layer: Layer, path: Any) -> None:
    """Write the parameters of a layer into a .npz file, each under its name, such as l0/W.

    The file is whole or as before, for it is written beside the old one, and then renamed.
    Raises ValueError where path does not end in .npz, and for a parameter that has no data yet.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), step 53.

    >>> layer = L.Linear(2, in_size=3)
    >>> layer.save_weights("layer.npz")
    >>> with np.load("layer.npz") as file:
    ...     print({name: file[name].shape for name in file})
    {'W': (3, 2), 'b': (2,)}
    """
    arrays = {}
    for name, param in layer.named_params().items():
        if param.data is None:
            raise ValueError(
                f"{name} has no data yet; call the model once, then save it"
            )
        arrays[name] = as_numpy(param)
    write_arrays(path, arrays)


def load_weights(layer: Layer, path: Any, sha256: str | None = None) -> None:
    """Give the parameters of a layer the data that save_weights has written; each keeps its dtype and its memory.

    sha256: the sum that the file must have, where you know it. A parameter without data takes what comes.
    Raises FileNotFoundError, and ValueError where the file is not whole, has another sum, or other names or
    shapes than the layer; then no parameter has changed.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), step 53.

    >>> trained, fresh = L.Linear(2, in_size=3), L.Linear(2, in_size=3)
    >>> trained.save_weights("layer.npz")
    >>> fresh.load_weights("layer.npz")
    >>> np.array_equal(fresh.W.data, trained.W.data)
    True
    >>> L.Linear(2, in_size=4).load_weights("layer.npz")
    Traceback (most recent call last):
    ValueError: layer.npz does not fit Linear: W has shape (3, 2) in the file, (4, 2) here
    """
    arrays, params = read_arrays(path, sha256), layer.named_params()
    own = {name: param.data for name, param in params.items()}
    wrong = differences(own, arrays)
    if wrong:
        name, why = type(layer).__name__, "; ".join(wrong)
        raise ValueError(f"{path} does not fit {name}: {why}")
    for name, param in params.items():
        data = arrays[name]
        if param.data is not None:
            data = alike(data, param.dtype, param.data)
        param.data = data


def save_state(optimizer: Optimizer, path: Any) -> None:
    """Write what an optimizer keeps for each parameter, and its learning rate, into a .npz file.

    Together with the model's weights this is all that a training needs to go on as if it had not stopped.
    Raises ValueError before setup, and where path does not end in .npz.

    >>> from dezero_lite.optimizers import Momentum
    >>> layer = L.Linear(2, in_size=3)
    >>> optimizer = Momentum(lr=0.5).setup(layer)
    >>> layer(np.ones((1, 3))).backward()
    >>> optimizer.update()
    >>> optimizer.save_state("state.npz")
    >>> with np.load("state.npz") as file:
    ...     print(list(file))
    ['lr', 'velocities/W', 'velocities/b']
    """
    write_arrays(path, state_arrays(optimizer))


def load_state(optimizer: Optimizer, path: Any) -> None:
    """Give an optimizer, after setup with its model, what save_state has written.

    Raises FileNotFoundError, and ValueError before setup, where the file is not whole, and where it does not
    fit the parameters or this kind of optimizer; then nothing has changed.

    >>> from dezero_lite.optimizers import Adam
    >>> Adam(lr=0.5).setup(L.Linear(2, in_size=3)).save_state("state.npz")
    >>> optimizer = Adam().setup(L.Linear(2, in_size=3))
    >>> optimizer.load_state("state.npz")
    >>> optimizer.lr
    0.5
    """
    arrays = read_arrays(path)
    kept, wrong = kept_states(optimizer, arrays)
    wrong = wrong or failing_updates(optimizer, kept)
    if wrong:
        name, why = type(optimizer).__name__, "; ".join(wrong)
        raise ValueError(f"{path} does not fit {name}: {why}")
    optimizer.lr = float(arrays["lr"])
    for kind, states in kept.items():
        setattr(optimizer, kind, states)


def write_arrays(path: Any, arrays: Arrays) -> None:
    """Write arrays into a .npz file: beside it first, and then renamed."""
    import zipfile

    path = npz_path(path)
    beside = path.with_name(path.name + ".part")
    try:
        # as np.savez does, but here names may be any, such as file
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as file:
            for name, array in arrays.items():
                with file.open(f"{name}.npy", "w", force_zip64=True) as entry:
                    np.lib.format.write_array(entry, array, allow_pickle=False)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def read_arrays(path: Any, sha256: str | None = None) -> Arrays:
    """Return all arrays of a .npz file.

    Raises ValueError where it is not whole, or has another sum.
    """
    import hashlib  # here, so that who only computes need not wait for them
    import zipfile
    import zlib

    path = npz_path(path)
    if sha256 is not None:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
        if found != sha256:
            raise ValueError(
                f"{path} has the sum {found}, expected {sha256}; fetch it again"
            )
    try:
        # without pickle
        with path.open("rb") as opened, np.lib.npyio.NpzFile(opened) as file:
            return {name: np.asarray(file[name]) for name in file}
    except (ValueError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        advice = "save or fetch it again"
        raise ValueError(
            f"{path} is not a whole .npz file ({error}); {advice}"
        ) from error


def npz_path(path: Any) -> Path:
    """Return path as a Path.

    Raises ValueError where it lacks the ending .npz, which NumPy would add on writing.
    """
    from pathlib import Path

    path = Path(path)
    if path.suffix != ".npz":
        name = path.name
        raise ValueError(
            f"a file of weights ends in .npz, got {name}; write {name}.npz"
        )
    return path


def differences(own: Arrays, arrays: Arrays) -> list[str]:
    """Say, name by name, in what arrays differ from a layer's own: in names or in shapes."""
    wrong = []
    for name, data in own.items():
        if name not in arrays:
            wrong.append(f"{name} is missing from the file")
        elif arrays[name].dtype.kind not in "fiub":
            there = arrays[name].dtype
            wrong.append(f"{name} has no real numbers in the file, but {there}")
        elif data is not None and data.shape != arrays[name].shape:
            there, here = arrays[name].shape, data.shape
            wrong.append(f"{name} has shape {there} in the file, {here} here")
    for name in arrays:
        if name not in own:
            wrong.append(f"{name} is only in the file")
    return wrong


def alike(array: np.ndarray, dtype: Any, pattern: Any) -> Any:
    """Return an array in a dtype, and in the memory of another array."""
    return np.asarray(array.astype(dtype, copy=False), like=as_array(pattern))


def named_targets(optimizer: Optimizer) -> dict[str, Parameter]:
    """Return the parameters that an optimizer changes, by name.

    Raises ValueError before setup.
    """
    if optimizer.target is None:
        raise ValueError("an optimizer needs a model; call setup(model) first")
    return optimizer.target.named_params()


def state_arrays(optimizer: Optimizer) -> Arrays:
    """Return what an optimizer keeps by name: lr, velocities/l0/W, or states/l0/W/1 for part 1 of a tuple."""
    arrays, params = {"lr": np.asarray(optimizer.lr)}, named_targets(optimizer)
    for kind, states in vars(optimizer).items():
        if isinstance(states, dict):
            for name, param in params.items():
                state = states.get(param, ())
                if not isinstance(state, tuple):
                    arrays[f"{kind}/{name}"] = as_numpy(state)
                    continue
                for i, part in enumerate(state):
                    arrays[f"{kind}/{name}/{i}"] = as_numpy(part)
    return arrays


def kept_states(
    optimizer: Optimizer, arrays: Arrays
) -> tuple[dict[str, dict[Any, Any]], list[str]]:
    """Return what state_arrays has put into arrays as the optimizer keeps it, and what does not fit."""
    params = named_targets(optimizer)
    kept: dict[str, dict[Any, Any]] = {}
    for kind, states in vars(optimizer).items():
        if isinstance(states, dict):
            kept[kind] = {}
    wrong = [] if "lr" in arrays else ["lr is missing from the file"]
    for place, array in arrays.items():
        kind, _, name = place.partition("/")
        head, _, i = name.rpartition("/")
        is_part = name not in params and i.isdigit()
        name = head if is_part else name
        if kind in kept and name in params:
            param = params[name]
            if param.data is None or array.shape not in [(), param.shape]:
                wrong.append(
                    f"{place} has shape {array.shape} in the file, "
                    f"{name} another here"
                )
                continue
            whole = array.dtype.kind in "iu"
            part = int(array) if whole else alike(array, array.dtype, param.data)
            if is_part:
                part = (*kept[kind].get(param, ()), part)
            kept[kind][param] = part
        elif place != "lr":
            wrong.append(f"{place} is only in the file")
    return kept, wrong


def failing_updates(
    optimizer: Optimizer, kept: dict[str, dict[Any, Any]]
) -> list[str]:
    """Say, name by name, why the next update would fail with what kept_states has returned: a copy tries it."""
    import copy

    copied, wrong = copy.copy(optimizer), []
    for kind, states in kept.items():
        setattr(copied, kind, dict(states))
    for name, param in named_targets(optimizer).items():
        data = param.data
        if any(param in states for states in kept.values()):
            try:
                with np.errstate(all="ignore"):
                    copied.update_one(param, data)
            except (TypeError, ValueError) as error:
                wrong.append(f"{name} cannot go on with its state: {error}")
            finally:
                param.data = data
    return wrong
