"""A small convolutional network on MNIST in PyTorch, eager: 16 filters of 3×3 relu, maximum of 2×2, 32 filters of 3×3 relu, maximum of 2×2, dense 10; images
padded so that filters keep their size. Softmax cross-entropy, Adam 1e-3, batches of 128. Prints the seconds of an epoch, best and median, and how well
the test images are classified.

usage: cnn_torch.py MNIST_FOLDER EPOCHS LAYOUT THREADS
LAYOUT is "usual" (a channel's values lie side by side) or "channels last" (a pixel's do). Set OMP_NUM_THREADS to THREADS as well; OpenBLAS should then have one thread only, or
OMP_WAIT_POLICY=passive keep OpenMP's threads from taking the cores that OpenBLAS's want.
"""
import statistics
import sys
import time

import torch
from torch import nn

from mnist_idx import digits

folder, epochs, layout, threads = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
memory = {"usual": torch.contiguous_format, "channels last": torch.channels_last}[layout]
torch.set_num_threads(threads)
torch.manual_seed(1)
images, labels = map(torch.from_numpy, digits(folder, "train"))
images = images.reshape(-1, 1, 28, 28).contiguous(memory_format=memory)
network = nn.Sequential(
    nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
    nn.Flatten(), nn.Linear(32 * 7 * 7, 10)).to(memory_format=memory)
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
    accuracy = sum((network(part.reshape(-1, 1, 28, 28)).argmax(dim=1) == right).sum().item() for part, right in zip(tests.split(1000), truth.split(1000))) / len(truth)
print(f"threads {threads} epochs {epochs} best {min(seconds):.4f} median {statistics.median(seconds):.4f} loss {float(loss) / len(images):.6f} accuracy {accuracy:.5f}")
