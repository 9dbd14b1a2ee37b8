"""Draws a run's twelve-panel sheet, its confusion matrix and its curves with matplotlib (Agg) and saves them as PNG: medians in milliseconds, a line a figure.

usage: figures_matplotlib.py RUN DPI TIMES [FOLDER]

The figures are 10 × 10 inches, so 200 dots an inch are 2000 × 2000 pixels. Reading the run, means, histograms and other statistics are done before the clock starts;
within it the figure is made, drawn and saved. With FOLDER the last pictures are kept there.
"""
import csv
import glob
import json
import os
import statistics
import sys
import tempfile
import time

import numpy as np
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt


def safetensors(path):
    with open(path, "rb") as f:
        data = f.read()
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8:8 + size])
    kinds = {"F32": "<f4", "I64": "<i8"}
    return header.pop("__metadata__"), {
        name: np.frombuffer(data, kinds[t["dtype"]], int(np.prod(t["shape"])), 8 + size + t["data_offsets"][0]).reshape(t["shape"]) for name, t in header.items()}


folder, dpi, times = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
metadata, tensors = safetensors(sorted(glob.glob(os.path.join(folder, "snapshots", "*.safetensors")))[-1])
layers = json.loads(metadata["layers"])
with open(os.path.join(folder, "metrics.csv")) as f:
    table = list(csv.DictReader(f))
column = lambda name: [float(row[name] or "nan") for row in table]


def picture(values):
    n = len(values)
    side = int(n ** 0.5)
    while n % side:
        side -= 1
    return values.reshape(n // side, side)


def tensor(layer, name):
    return tensors[f"layers.{layer}.{name}"]


activations = [picture(tensor(l, "mean_activation").ravel()) for l in layers]
weights = [picture(tensor(l, "weight").mean(axis=0)) for l in layers]
updates = [picture(tensor(l, "update").mean(axis=0)) for l in layers]
moments = {l: (tensor(l, "weight").mean(), tensor(l, "weight").std(), np.abs(tensor(l, "update")).mean()) for l in layers}
histograms = [(tensor(l, "activation_histogram.counts"), tensor(l, "activation_histogram.range")) for l in layers]
accuracy, loss, rate = column("accuracy"), column("loss"), column("rate")[-1]
magnitudes = {l: column(f"{l}.update_mean") for l in layers}
confusion = tensors.get("confusion.held_out", tensors["confusion.train"]).astype(float)
shares = confusion / np.maximum(confusion.sum(axis=1, keepdims=True), 1)


def twelve(path):
    fig, axs = plt.subplots(3, len(layers) + 1, figsize=(10, 10), dpi=dpi)
    grey = {"cmap": "gray", "interpolation": "none"}
    for i, l in enumerate(layers):
        for row, (images, title) in enumerate(((activations, f"{l} mean"), (weights, f"{l} $\\mu$={moments[l][0]:.2f} $\\sigma$={moments[l][1]:.2f}"), (updates, f"$\\Delta$W {moments[l][2]:.2e}"))):
            axs[row, i].imshow(images[i], **grey)
            axs[row, i].set_title(title, fontsize=8)
    for counts, (low, high) in histograms:
        axs[0, -1].stairs(counts, np.linspace(low, high, len(counts) + 1), fill=True, alpha=0.5)
    axs[0, -1].set_yscale("log"), axs[0, -1].set_title("Activation histogram", fontsize=8)
    axs[1, -1].plot(accuracy), axs[1, -1].set_ylim(0, 1), axs[1, -1].axhline(0.9, color="red", linestyle=":"), axs[1, -1].set_title(f"Accuracy: {100 * accuracy[-1]:.2f}%", fontsize=8)
    for l in layers:
        axs[2, -1].plot(magnitudes[l], label=l)
    axs[2, -1].set_yscale("log"), axs[2, -1].legend(loc="upper right"), axs[2, -1].set_title("Weight update magnitude", fontsize=8)
    fig.suptitle(f"Weights and updates, accuracy {100 * accuracy[-1]:.2f}%, rate {rate}")
    fig.savefig(path), plt.close(fig)


def matrix(path):
    fig, ax = plt.subplots(figsize=(10, 10), dpi=dpi)
    image = ax.imshow(shares, cmap="viridis")
    for i in range(len(shares)):
        for j in range(len(shares)):
            ax.text(j, i, f"{confusion[i, j]:.0f}\n{100 * shares[i, j]:.1f} %", ha="center", va="center")
    ax.set_xticks(range(len(shares))), ax.set_yticks(range(len(shares))), ax.set_xlabel("predicted class"), ax.set_ylabel("true class"), ax.set_title("Confusion matrix")
    fig.colorbar(image), fig.savefig(path), plt.close(fig)


def curves(path):
    fig, axs = plt.subplots(1, 2, figsize=(10, 10), dpi=dpi)
    for ax, training, held_out, title in ((axs[0], loss, column("validation_loss"), "Loss"), (axs[1], accuracy, column("validation_accuracy"), "Accuracy")):
        ax.plot(training, label="training"), ax.plot(held_out, label="validation"), ax.legend(), ax.set_title(title), ax.set_xlabel("epoch"), ax.grid()
    axs[0].set_yscale("log"), fig.savefig(path), plt.close(fig)


with tempfile.TemporaryDirectory() as scratch:
    kept = sys.argv[4] if len(sys.argv) > 4 else scratch
    for name, draw in (("twelve-panel", twelve), ("confusion", matrix), ("curves", curves)):
        path, clocks = os.path.join(kept, f"{name}.png"), []
        for i in range(times + 1):
            start = time.perf_counter()
            draw(path)
            if i:  # The first one finds its fonts.
                clocks.append(1000 * (time.perf_counter() - start))
        print(f"figure {name} dpi {dpi} total {statistics.median(clocks):.1f} bytes {os.path.getsize(path)}")
