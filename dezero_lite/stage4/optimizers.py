"""Optimizers: ways to change parameters by their gradients; and hooks, which change the gradients before."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np

from dezero_lite.stage3.core import Variable
from dezero_lite.stage4.layers import Layer, Parameter

Hook = Callable[[list[Parameter]], None]


class Optimizer:
    """Changes the parameters of a model by their gradients: a subclass defines update_one.

    lr: the learning rate; it may be changed between two updates.
    Source: Saitoh, Deep Learning from Scratch 3 (2020), step 46.

    >>> class SignDescent(Optimizer):
    ...     def update_one(self, param, grad):
    ...         param.data = param.data - self.lr * np.sign(grad)
    >>> model = L.Layer()
    >>> model.p = L.Parameter(np.array(3.0))
    >>> optimizer = SignDescent(lr=0.5).setup(model)
    >>> F.square(model.p).backward()
    >>> optimizer.update()
    >>> model.p
    variable(2.5)
    """

    # set by setup_layers(), of stage 5
    move_to: ClassVar[Callable[..., Any]]
    to_gpu: ClassVar[Callable[..., Any]]
    to_cpu: ClassVar[Callable[..., Any]]
    save_state: ClassVar[Callable[..., Any]]
    load_state: ClassVar[Callable[..., Any]]

    def __init__(self, lr: float) -> None:
        self.lr = lr
        self.target: Layer | None = None
        self.hooks: list[Hook] = []

    def setup(self, target: Layer) -> Optimizer:
        """Take the model or layer whose parameters are to be changed; return this optimizer.

        Raises ValueError where it has none.
        """
        if not target.named_params():
            name = type(target).__name__
            raise ValueError(f"{name} has no parameters to learn")
        self.target = target
        return self

    def add_hook(self, hook: Hook) -> Optimizer:
        """Let hook see the parameters with gradients before each update; return this optimizer."""
        self.hooks.append(hook)
        return self

    def update(self) -> None:
        """Change each parameter that has a gradient; its dtype stays.

        Raises ValueError before setup, and where no parameter has a gradient; TypeError for parameters of
        whole numbers, which steps as small as those of learning would never reach.
        """
        if self.target is None:
            raise ValueError(
                "an optimizer needs a model; call setup(model) first"
            )
        params = [p for p in self.target.params() if p.grad is not None]
        if not params:
            raise ValueError(
                "no parameter has a gradient; call backward() before update()"
            )
        for param in params:
            if param.dtype.kind in "iub":
                raise TypeError(
                    f"a Parameter of {param.dtype} cannot take small steps; "
                    "make it with .astype(float)"
                )
        for hook in self.hooks:
            hook(params)
        for param in params:
            if param.grad is not None:  # a hook may have taken it
                dtype, grad = param.dtype, param.grad.data
                if dtype == np.float16:  # squares and eps need more digits
                    grad = grad.astype(np.float32)
                self.update_one(param, grad)
                param.data = param.data.astype(dtype, copy=False)

    def update_one(self, param: Parameter, grad: Any) -> None:
        """Give param new data, by grad: an array of its shape, and of float32 where param is float16."""
        name = type(self).__name__
        raise NotImplementedError(
            f"{name} does not define update_one(param, grad)"
        )


class SGD(Optimizer):
    """Gradient descent: p = p - lr * g. Of batches that are drawn at random it is called stochastic.

    >>> model = L.Layer()
    >>> model.p = L.Parameter(np.array(3.0))
    >>> optimizer = SGD(lr=0.25).setup(model)
    >>> F.square(model.p).backward()
    >>> optimizer.update()
    >>> model.p
    variable(1.5)
    """

    def __init__(self, lr: float = 0.01) -> None:
        super().__init__(lr)

    def update_one(self, param: Parameter, grad: Any) -> None:
        """Take a step against the gradient."""
        param.data = param.data - self.lr * grad


class Momentum(Optimizer):
    """Gradient descent with a velocity: v = momentum * v - lr * g, p = p + v.

    Source: Polyak, Some methods of speeding up the convergence of iteration methods (1964).

    >>> model = L.Layer()
    >>> model.p = L.Parameter(np.array(16.0))
    >>> optimizer = Momentum(lr=0.125, momentum=0.5).setup(model)
    >>> for i in range(3):
    ...     model.cleargrads()
    ...     F.square(model.p).backward()
    ...     optimizer.update()
    ...     print(model.p)
    variable(12.0)
    variable(7.0)
    variable(2.75)
    """

    def __init__(self, lr: float = 0.01, momentum: float = 0.9) -> None:
        super().__init__(lr)
        self.momentum = momentum
        self.velocities: dict[Parameter, Any] = {}

    def update_one(self, param: Parameter, grad: Any) -> None:
        """Change the velocity by the gradient, and take a step with it."""
        velocity = self.momentum * self.velocities.get(param, 0) - self.lr * grad
        self.velocities[param] = velocity
        param.data = param.data + velocity


class AdaGrad(Optimizer):
    """Smaller steps where gradients have been large: h = h + g ** 2, p = p - lr * g / (root of h + eps).

    Source: Duchi et al., Adaptive subgradient methods for online learning (2011).

    >>> model = L.Layer()
    >>> model.p = L.Parameter(np.array([3.0, 300.0]))
    >>> optimizer = AdaGrad(lr=0.5).setup(model)
    >>> F.square(model.p).backward()
    >>> optimizer.update()  # first a step of lr, however large the gradient
    >>> model.p
    variable([  2.5 299.5])
    """

    def __init__(self, lr: float = 0.01, eps: float = 1e-8) -> None:
        super().__init__(lr)
        self.eps = eps
        self.squares: dict[Parameter, Any] = {}

    def update_one(self, param: Parameter, grad: Any) -> None:
        """Add the gradient's square to the sum, and take a step."""
        h = self.squares.get(param, 0) + grad * grad
        self.squares[param] = h
        param.data = param.data - self.lr * grad / (np.sqrt(h) + self.eps)


class Adam(Optimizer):
    """Steps by the mean m of the gradients and the mean v of their squares, both of the latest rounds above all.

    p = p - lr * m / (root of v + eps), where m and v are divided by what they lack at first, because they
    begin with zeros.
    Source: Kingma and Ba, Adam: a method for stochastic optimization (2014).

    >>> model = L.Layer()
    >>> model.p = L.Parameter(np.array([3.0, 300.0]))
    >>> optimizer = Adam(lr=0.5).setup(model)
    >>> for i in range(2):
    ...     model.cleargrads()
    ...     F.square(model.p).backward()
    ...     optimizer.update()
    >>> np.round(model.p.data, 1)
    array([  2., 299.])
    """

    def __init__(
        self,
        lr: float = 0.001,
        beta1: float = 0.9,
        beta2: float = 0.999,
        eps: float = 1e-8,
    ) -> None:
        super().__init__(lr)
        self.beta1 = beta1
        self.beta2 = beta2
        self.eps = eps
        self.states: dict[Parameter, tuple[Any, Any, int]] = {}

    def update_one(self, param: Parameter, grad: Any) -> None:
        """Bring the two means up to date, and take a step."""
        m, v, t = self.states.get(param, (0, 0, 0))
        m = self.beta1 * m + (1 - self.beta1) * grad
        v = self.beta2 * v + (1 - self.beta2) * grad * grad
        t = t + 1
        self.states[param] = m, v, t
        m = m / (1 - self.beta1**t)
        v = v / (1 - self.beta2**t)
        param.data = param.data - self.lr * m / (np.sqrt(v) + self.eps)


class AdamW(Adam):
    """Adam that draws parameters towards 0 as well, beside the gradient: p = p - lr * weight_decay * p.

    Source: Loshchilov and Hutter, Decoupled weight decay regularization (2017).

    >>> model = L.Layer()
    >>> model.p = L.Parameter(np.array(4.0))
    >>> optimizer = AdamW(lr=0.5, weight_decay=0.5).setup(model)
    >>> (0 * model.p).backward()  # no gradient
    >>> optimizer.update()
    >>> model.p
    variable(3.0)
    """

    def __init__(
        self,
        lr: float = 0.001,
        beta1: float = 0.9,
        beta2: float = 0.999,
        eps: float = 1e-8,
        weight_decay: float = 0.01,
    ) -> None:
        super().__init__(lr, beta1, beta2, eps)
        self.weight_decay = weight_decay

    def update_one(self, param: Parameter, grad: Any) -> None:
        """Shrink the parameter, and take Adam's step."""
        param.data = param.data - self.lr * self.weight_decay * param.data
        super().update_one(param, grad)


class WeightDecay:
    """A hook that adds rate * p to the gradient of each parameter p, which draws it towards 0.

    >>> model = L.Layer()
    >>> model.p = L.Parameter(np.array(4.0))
    >>> optimizer = SGD(lr=0.5).setup(model).add_hook(WeightDecay(rate=0.5))
    >>> (0 * model.p).backward()  # no other gradient
    >>> optimizer.update()
    >>> model.p
    variable(3.0)
    """

    def __init__(self, rate: float) -> None:
        self.rate = rate

    def __call__(self, params: list[Parameter]) -> None:
        for param in params:
            if param.grad is not None:
                param.grad = Variable(param.grad.data + self.rate * param.data)


class ClipGrad:
    """A hook that shortens all gradients by one factor, where their length together exceeds max_norm.

    Source: Pascanu et al., On the difficulty of training recurrent neural networks (2012).

    >>> model = L.Layer()
    >>> model.p = L.Parameter(np.zeros(2))
    >>> optimizer = SGD(lr=1.0).setup(model).add_hook(ClipGrad(max_norm=5.0))
    >>> (model.p * np.array([30.0, 40.0])).backward()
    >>> optimizer.update()
    >>> model.p
    variable([-3. -4.])
    """

    def __init__(self, max_norm: float) -> None:
        self.max_norm = max_norm

    def __call__(self, params: list[Parameter]) -> None:
        lengths = []
        for param in params:
            if param.grad is not None:
                grad = param.grad.data
                if grad.dtype == np.float16:  # squares would overflow
                    grad = grad.astype(np.float32)
                lengths.append(float(np.linalg.norm(grad)))
        norm = math.hypot(*lengths)
        if norm > self.max_norm:
            factor = self.max_norm / norm
            for param in params:
                if param.grad is not None:
                    param.grad = Variable(param.grad.data * factor)


class FreezeParam:
    """A hook that takes the gradients of some layers or parameters away, so that they stay as they are.

    >>> model = L.Layer()
    >>> model.a, model.b = L.Parameter(np.array(1.0)), L.Parameter(np.array(1.0))
    >>> optimizer = SGD(lr=0.5).setup(model).add_hook(FreezeParam(model.a))
    >>> (model.a + model.b).backward()
    >>> optimizer.update()
    >>> model.a, model.b
    (variable(1.0), variable(0.5))
    """

    def __init__(self, *frozen: Layer | Parameter) -> None:
        self.frozen = frozen

    def __call__(self, params: list[Parameter]) -> None:
        for x in self.frozen:
            for param in x.params() if isinstance(x, Layer) else [x]:
                param.cleargrad()
