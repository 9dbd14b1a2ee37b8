"""784-256-128-10 without biases on MNIST in NumPy: full batch, relu everywhere, summed gradient, rate 1e-5, with the loss, the accuracy and the mean
|update| of each layer in every epoch. Prints the seconds of an epoch, best and median, and where it came to.

usage: first_principles_numpy.py MNIST_FOLDER EPOCHS notebook|lean

notebook  as the published notebook computes it: relu's derivative is 1. * (x > 0), so that the backward pass is float64 while the weights stay float32;
          every product is made anew for the update magnitudes; a Python loop marks the predicted class of each image.
lean      float32 throughout, each product made once, the accuracy by comparing labels.
"""
import statistics
import sys
import time

import numpy as np

from mnist_idx import digits

folder, epochs, mode = sys.argv[1], int(sys.argv[2]), sys.argv[3]
rate = 1e-5
images, labels = digits(folder, "train")
count = len(images)
x = images.T
target = np.zeros((count, 10), np.float32).T
target[labels, np.arange(count)] = 1
np.random.seed(0)
w1, w2, w3 = [np.random.normal(0, 1, (i, o)).astype(np.float32).T / np.float32(np.sqrt(i)) for i, o in ((784, 256), (256, 128), (128, 10))]
losses, accuracies, updates = [], [], []


def relu(values):
    return np.maximum(values, 0)


def slope(values):
    return 1. * (values > 0)


def notebook():
    global w1, w2, w3
    a1 = relu(w1.dot(x))
    a2 = relu(w2.dot(a1))
    a3 = relu(w3.dot(a2))
    d3 = (a3 - target) * slope(a3)
    d2 = w3.T.dot(d3) * slope(a2)
    d1 = w2.T.dot(d2) * slope(a1)
    w3 -= rate * np.dot(d3, a2.T)
    w2 -= rate * np.dot(d2, a1.T)
    w1 -= rate * np.dot(d1, x.T)
    losses.append(np.sum((a3 - target) ** 2) / count)
    marks = np.zeros(a3.shape, np.float32)
    for image, digit in enumerate(np.argmax(a3.T, axis=1)):
        marks[digit, image] = 1
    accuracies.append(np.sum(marks * target) / count)
    updates.append([rate * np.abs(np.dot(d, a.T)).mean() for d, a in ((d1, x), (d2, a1), (d3, a2))])


def lean():
    global w1, w2, w3
    a1 = np.maximum(w1 @ x, 0)
    a2 = np.maximum(w2 @ a1, 0)
    a3 = np.maximum(w3 @ a2, 0)
    error = a3 - target
    d3 = error * (a3 > 0)
    d2 = (w3.T @ d3) * (a2 > 0)
    d1 = (w2.T @ d2) * (a1 > 0)
    steps = [np.float32(rate) * product for product in (d1 @ x.T, d2 @ a1.T, d3 @ a2.T)]
    losses.append(float(np.sum(error ** 2)) / count)
    accuracies.append(float(np.mean(a3.argmax(axis=0) == labels)))
    updates.append([float(np.abs(step).mean()) for step in steps])
    w1 -= steps[0]
    w2 -= steps[1]
    w3 -= steps[2]


epoch = {"notebook": notebook, "lean": lean}[mode]
seconds = []
for _ in range(epochs):
    start = time.perf_counter()
    epoch()
    seconds.append(time.perf_counter() - start)
print(f"epochs {epochs} best {min(seconds):.4f} median {statistics.median(seconds):.4f} loss {losses[-1]:.6f} accuracy {accuracies[-1]:.5f} updates {updates[-1]}")
