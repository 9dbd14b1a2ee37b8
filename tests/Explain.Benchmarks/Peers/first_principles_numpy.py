"""784-256-128-10 without biases on MNIST in plain NumPy: full batch, relu, summed gradient, rate 1e-5, with the loss, the accuracy and
the mean |update| of each layer in every epoch. Prints seconds an epoch, best and median.

usage: first_principles_numpy.py MNIST_FOLDER EPOCHS
"""
import gzip
import os
import statistics
import sys
import time

import numpy as np


def idx(name):
    path = os.path.join(sys.argv[1], name)
    with (gzip.open(path + ".gz", "rb") if os.path.exists(path + ".gz") else open(path, "rb")) as f:
        raw = f.read()
    rank = raw[3]
    dims = [int.from_bytes(raw[4 + 4 * i:8 + 4 * i], "big") for i in range(rank)]
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * rank).reshape(dims)


rate = 1e-5
x = (idx("train-images-idx3-ubyte").reshape(60000, 784).astype(np.float32) / 255).T
labels = idx("train-labels-idx1-ubyte")
target = np.zeros((10, 60000), np.float32)
target[labels, np.arange(60000)] = 1
rng = np.random.default_rng(0)
w1, w2, w3 = [(rng.standard_normal((o, i)) / np.sqrt(i)).astype(np.float32) for i, o in ((784, 256), (256, 128), (128, 10))]
seconds = []
for epoch in range(int(sys.argv[2])):
    start = time.perf_counter()
    a1 = np.maximum(w1 @ x, 0)
    a2 = np.maximum(w2 @ a1, 0)
    a3 = np.maximum(w3 @ a2, 0)
    d3 = (a3 - target) * (a3 > 0)
    d2 = (w3.T @ d3) * (a2 > 0)
    d1 = (w2.T @ d2) * (a1 > 0)
    u3, u2, u1 = rate * (d3 @ a2.T), rate * (d2 @ a1.T), rate * (d1 @ x.T)
    loss = float(np.sum((a3 - target) ** 2)) / 60000
    accuracy = float(np.mean(a3.argmax(axis=0) == labels))
    sizes = [float(np.abs(u).mean()) for u in (u1, u2, u3)]
    w3 -= u3
    w2 -= u2
    w1 -= u1
    seconds.append(time.perf_counter() - start)
print(f"epochs {len(seconds)} best {min(seconds):.4f} median {statistics.median(seconds):.4f} loss {loss:.6f} accuracy {accuracy:.5f} updates {sizes}")
