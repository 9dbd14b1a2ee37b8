"""784-256-128-10 relu, softmax cross-entropy, Adam 1e-3, batches of 128 on MNIST in PyTorch, eager. Prints the seconds of an epoch, best and median,
and how well the test images are classified.

usage: minibatch_torch.py MNIST_FOLDER EPOCHS THREADS
Set OPENBLAS_NUM_THREADS to THREADS as well; with two threads OMP_WAIT_POLICY=passive keeps OpenMP's threads from taking the cores that OpenBLAS's want.
"""
import statistics
import sys
import time

import torch
from torch import nn

from mnist_idx import digits

folder, epochs, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
torch.set_num_threads(threads)
torch.manual_seed(1)
images, labels = map(torch.from_numpy, digits(folder, "train"))
network = nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, 10))
optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
criterion = nn.CrossEntropyLoss()
seconds = []
for epoch in range(epochs):
    start = time.perf_counter()
    order, loss = torch.randperm(len(images)), 0.0
    for at in range(0, len(images), 128):
        chosen = order[at:at + 128]
        error = criterion(network(images[chosen]), labels[chosen])
        optimizer.zero_grad()
        error.backward()
        optimizer.step()
        loss += error.detach() * len(chosen)
    seconds.append(time.perf_counter() - start)
tests, truth = map(torch.from_numpy, digits(folder, "t10k"))
with torch.no_grad():
    accuracy = (network(tests).argmax(dim=1) == truth).float().mean().item()
print(f"threads {sys.argv[3]} epochs {epochs} best {min(seconds):.4f} median {statistics.median(seconds):.4f} loss {float(loss) / len(images):.6f} accuracy {accuracy:.5f}")
