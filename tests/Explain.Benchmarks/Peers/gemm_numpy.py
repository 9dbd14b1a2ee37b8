"""NumPy's sgemm on the shapes that training uses: one line a shape, "FORM m n k GFLOPS", best of several repeats.

usage: gemm_numpy.py        (threads by OPENBLAS_NUM_THREADS)
"""
import time

import numpy as np

# (form, m, n, k): C[m,n] = A·B with A and B stored as the form says.
SHAPES = [("NT", 60000, 256, 784), ("NT", 60000, 128, 256), ("TN", 256, 784, 60000), ("NN", 60000, 256, 128),
          ("NT", 128, 256, 784), ("TN", 256, 784, 128), ("NN", 1024, 1024, 1024), ("NN", 2048, 2048, 2048)]

rng = np.random.default_rng(0)
for form, m, n, k in SHAPES:
    a = rng.standard_normal((k, m) if form[0] == "T" else (m, k), dtype=np.float32)
    b = rng.standard_normal((n, k) if form[1] == "T" else (k, n), dtype=np.float32)
    left = a.T if form[0] == "T" else a
    right = b.T if form[1] == "T" else b
    out = np.empty((m, n), dtype=np.float32)
    flops = 2.0 * m * n * k
    best = float("inf")
    np.matmul(left, right, out=out)
    end = time.perf_counter() + max(0.25, 4 * flops / 5e10)
    while time.perf_counter() < end:
        start = time.perf_counter()
        np.matmul(left, right, out=out)
        best = min(best, time.perf_counter() - start)
    print(form, m, n, k, round(flops / best / 1e9, 1), flush=True)
