"""MNIST's four IDX files (LeCun, Cortes and Burges), plain or gzipped, for the programs beside this one."""
import gzip
import os

import numpy as np


def idx(folder, name):
    """The array of uint8 in a file of the IDX format: two zero bytes, type, rank, big-endian extents, values."""
    path = os.path.join(folder, name)
    with gzip.open(path + ".gz", "rb") if os.path.exists(path + ".gz") else open(path, "rb") as f:
        raw = f.read()
    rank = raw[3]
    extents = [int.from_bytes(raw[4 + 4 * i:8 + 4 * i], "big") for i in range(rank)]
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * rank).reshape(extents)


def digits(folder, part):
    """Images (n, 784) as float32 in [0, 1] and labels (n) as int64; part is "train" or "t10k"."""
    images = idx(folder, part + "-images-idx3-ubyte")
    return images.reshape(len(images), -1).astype(np.float32) / np.float32(255), idx(folder, part + "-labels-idx1-ubyte").astype(np.int64)
