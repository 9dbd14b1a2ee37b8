"""784-256-128-10 relu, softmax cross-entropy, Adam 1e-3, batches of 128 on MNIST in plain NumPy, float32 throughout. Prints the seconds of an epoch,
best and median, and how well the test images are classified.

usage: minibatch_numpy.py MNIST_FOLDER EPOCHS THREADS
OPENBLAS_NUM_THREADS decides how many threads there are; THREADS is only told again in the line.
"""
import statistics
import sys
import time

import numpy as np

from mnist_idx import digits

folder, epochs = sys.argv[1], int(sys.argv[2])
images, labels = digits(folder, "train")
rng = np.random.default_rng(1)
parameters = []
for inputs, units in ((784, 256), (256, 128), (128, 10)):
    bound = 1 / np.sqrt(inputs)
    parameters.append(rng.uniform(-bound, bound, (inputs, units)).astype(np.float32))
    parameters.append(rng.uniform(-bound, bound, units).astype(np.float32))
w1, c1, w2, c2, w3, c3 = parameters
first = [np.zeros_like(p) for p in parameters]
second = [np.zeros_like(p) for p in parameters]
beta1, beta2, rate, epsilon = 0.9, 0.999, 1e-3, np.float32(1e-8)


def adam(step, gradients):
    """The textbook update with the two corrections folded into the rate and the second moment's root; everything in place but two temporaries."""
    scale, root = np.float32(rate / (1 - beta1 ** step)), np.float32(1 / np.sqrt(1 - beta2 ** step))
    for p, g, m, v in zip(parameters, gradients, first, second):
        m *= np.float32(beta1)
        m += np.float32(1 - beta1) * g
        v *= np.float32(beta2)
        g *= g
        g *= np.float32(1 - beta2)
        v += g
        np.sqrt(v, out=g)
        g *= root
        g += epsilon
        np.divide(m, g, out=g)
        g *= scale
        p -= g


def logits(x):
    h1 = x @ w1
    h1 += c1
    np.maximum(h1, 0, out=h1)
    h2 = h1 @ w2
    h2 += c2
    np.maximum(h2, 0, out=h2)
    z = h2 @ w3
    z += c3
    return h1, h2, z


seconds, step = [], 0
for epoch in range(epochs):
    start = time.perf_counter()
    order, loss = rng.permutation(len(images)), 0.0
    for at in range(0, len(images), 128):
        chosen = order[at:at + 128]
        x, y = images[chosen], labels[chosen]
        row = np.arange(len(y))
        h1, h2, z = logits(x)
        z -= z.max(axis=1, keepdims=True)
        np.exp(z, out=z)
        z /= z.sum(axis=1, keepdims=True)
        loss -= float(np.log(z[row, y]).sum())
        z[row, y] -= 1
        z *= np.float32(1 / len(y))
        d2 = z @ w3.T
        d2 *= h2 > 0
        d1 = d2 @ w2.T
        d1 *= h1 > 0
        step += 1
        adam(step, [x.T @ d1, d1.sum(axis=0), h1.T @ d2, d2.sum(axis=0), h2.T @ z, z.sum(axis=0)])
    seconds.append(time.perf_counter() - start)
tests, truth = digits(folder, "t10k")
accuracy = float((logits(tests)[2].argmax(axis=1) == truth).mean())
print(f"threads {sys.argv[3]} epochs {epochs} best {min(seconds):.4f} median {statistics.median(seconds):.4f} loss {loss / len(images):.6f} accuracy {accuracy:.5f}")
