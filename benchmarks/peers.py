"""PyTorch and JAX on the same work; each is optional (`benchmarks/requirements.txt`)."""

import numpy as np

from benchmarks.workloads import Array, Workload
from mlp import Layer, Network

# The weights' decay is alpha / n of each batch, as scikit-learn has it; biases are free.


def torch_epochs(workload: Workload, X: Array, Y: Array):
    """Return a function that trains in the given orders with `torch.nn` and `optim.SGD`, and returns the network."""
    import torch

    torch.set_num_threads(1)
    config, network = workload.config, workload.network
    model = torch.nn.Sequential()
    for layer in network.layers:
        linear = torch.nn.Linear(layer.W.shape[1], layer.W.shape[0], dtype=torch.float64)
        linear.weight.data, linear.bias.data = torch.tensor(layer.W), torch.tensor(layer.b)
        model.extend([linear, torch.nn.Tanh()])
    model = model[:-1]
    linears, loss_of = [m for m in model if isinstance(m, torch.nn.Linear)], torch.nn.CrossEntropyLoss()
    weights = {"params": [m.weight for m in linears]}
    update = {"lr": config.learning_rate_init, "momentum": config.momentum, "nesterov": config.nesterovs_momentum}
    optimizer = torch.optim.SGD([weights, {"params": [m.bias for m in linears]}], **update)
    X, Y = torch.tensor(X), torch.tensor(Y)

    def run(orders):
        for order in orders:
            for batch in torch.tensor(order).split(config.batch_size):
                optimizer.param_groups[0]["weight_decay"] = config.alpha / len(batch)
                optimizer.zero_grad()
                loss_of(model(X[batch]), Y[batch]).backward()
                optimizer.step()
        layers = tuple(Layer(m.weight.detach().numpy(), m.bias.detach().numpy()) for m in linears)
        return Network(layers, network.hidden, network.loss)

    return run


def jax_epochs(workload: Workload, X: Array, Y: Array):
    """Return a function that trains in the given orders, an epoch one compiled `lax.scan`, and returns the network."""
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    config, network = workload.config, workload.network
    X, Y, size = jnp.array(X), jnp.array(Y), config.batch_size
    eta, mu = config.learning_rate_init, config.momentum

    def loss(parameters, x, y):
        h = x
        for W, b in parameters[:-1]:
            h = jnp.tanh(h @ W.T + b)
        z = h @ parameters[-1][0].T + parameters[-1][1]
        penalty = sum((W * W).sum() for W, _ in parameters) * (0.5 * config.alpha / len(x)) if config.alpha else 0.0
        return -(y * jax.nn.log_softmax(z)).sum() / len(x) + penalty

    def step(state, batch):
        parameters, velocity = state
        gradient = jax.grad(loss)(parameters, X[batch], Y[batch])
        fall = jax.tree.map(lambda v, g: mu * v - eta * g, velocity, gradient)
        move = jax.tree.map(lambda v, g: mu * v - eta * g, fall, gradient) if config.nesterovs_momentum else fall
        return (jax.tree.map(jnp.add, parameters, move), fall), None

    @jax.jit
    def epoch(state, order):
        whole = len(order) // size * size
        state, _ = jax.lax.scan(step, state, order[:whole].reshape(-1, size))
        return step(state, order[whole:])[0] if whole < len(order) else state

    parameters = [(jnp.array(layer.W), jnp.array(layer.b)) for layer in network.layers]
    state = [parameters, jax.tree.map(jnp.zeros_like, parameters)]

    def run(orders):
        current = tuple(state)
        for order in orders:
            current = epoch(current, jnp.array(order))
        state[:] = jax.block_until_ready(current)
        layers = tuple(Layer(np.array(W), np.array(b)) for W, b in state[0])
        return Network(layers, network.hidden, network.loss)

    return run
