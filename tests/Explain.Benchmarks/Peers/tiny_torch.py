"""Tiny networks in PyTorch, eager, on one thread: prints microseconds a step and the last loss.

usage: tiny_torch.py circles|spirals-relu|spirals-sigmoid|xor STEPS

circles, spirals: 200 points of two classes, all of them in each step, mean squared error, Adam 1e-3; 2-4-1, 2-15-15-1 and 2-16-20-1.
xor: 2-2-1, one of the four patterns a step in an order drawn anew every four, binary cross-entropy, gradient descent 0.1.
"""
import math
import sys
import time

import torch
from torch import nn

job, steps = sys.argv[1], int(sys.argv[2])
torch.set_num_threads(1)
torch.manual_seed(1)


def points(radius_of, turns):
    """Two curves of 100 points, the angle evenly spaced; the second class is radius_of(1, ...)."""
    angle = torch.linspace(0, 2 * math.pi * turns, 100)
    return torch.cat([torch.stack([radius_of(c, angle) * f(angle) for f in (torch.cos, torch.sin)], dim=1) for c in (0, 1)])


def chain(sizes, activation, *last):
    layers = []
    for inputs, units in zip(sizes, sizes[1:]):
        layers += [nn.Linear(inputs, units), activation()]
    return nn.Sequential(*layers[:-1], *last)


classes = torch.tensor([[0.]] * 100 + [[1.]] * 100)
if job == "circles":
    x, y = points(lambda c, angle: (0.5 if c else 2) + 0.1 * torch.randn(100), 1), 2 * classes - 1
    network = chain([2, 4, 1], nn.Sigmoid)
elif job == "spirals-relu":
    x, y = points(lambda c, angle: -angle if c else angle, 2), classes
    network = chain([2, 15, 15, 1], nn.ReLU)
elif job == "spirals-sigmoid":
    x, y = points(lambda c, angle: -angle if c else angle, 2), classes
    network = chain([2, 16, 20, 1], nn.Sigmoid, nn.Sigmoid())
else:
    x, y = torch.tensor([[-1., -1.], [-1., 1.], [1., -1.], [1., 1.]]), torch.tensor([[0.], [1.], [1.], [0.]])
    network = chain([2, 2, 1], nn.Tanh, nn.Sigmoid())
single = job == "xor"
criterion = nn.BCELoss() if single else nn.MSELoss()
optimizer = torch.optim.SGD(network.parameters(), lr=0.1) if single else torch.optim.Adam(network.parameters(), lr=1e-3)


def step(inputs, targets):
    loss = criterion(network(inputs), targets)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss


def train(count):
    for at in range(0, count, 4 if single else 1):
        if single:
            for pattern in torch.randperm(4):
                loss = step(x[pattern:pattern + 1], y[pattern:pattern + 1])
        else:
            loss = step(x, y)
    return loss


train(200)
start = time.perf_counter()
loss = train(steps)
print(f"step {(time.perf_counter() - start) / steps * 1e6:.2f} loss {loss.item():.6f}")
