"""NumPy's sgemm of one shape: prints "CORE GFLOPS MEDIAN", the kernel that OpenBLAS runs ("?" of another library), and the best and the median
of several timings of at least 5 ms each, after a warm-up.

usage: gemm_numpy.py FORM M N K [SECONDS]        (threads by OPENBLAS_NUM_THREADS, kernel by OPENBLAS_CORETYPE)
FORM says how A and B are stored: NN as A[m,k] B[k,n], NT as A[m,k] B[n,k], TN as A[k,m] B[k,n]. All are row-major; the result's buffer is used again.
"""
import ctypes
import statistics
import sys
import time

import numpy as np


def core():
    try:
        name = ctypes.CDLL("libopenblas.so.0").openblas_get_corename
    except (OSError, AttributeError):
        return "?"
    name.restype = ctypes.c_char_p
    return name().decode()


form, m, n, k = sys.argv[1], *map(int, sys.argv[2:5])
duration = float(sys.argv[5]) if len(sys.argv) > 5 else 0.6
rng = np.random.default_rng(0)
a = rng.random((k, m) if form == "TN" else (m, k), dtype=np.float32) * 2 - 1
b = rng.random((n, k) if form == "NT" else (k, n), dtype=np.float32) * 2 - 1
left, right = a.T if form == "TN" else a, b.T if form == "NT" else b
out = np.empty((m, n), np.float32)


def seconds(calls):
    start = time.perf_counter()
    for _ in range(calls):
        np.dot(left, right, out=out)
    return (time.perf_counter() - start) / calls


seconds(1)
calls = max(1, round(0.005 / seconds(1)))
warm = time.perf_counter() + duration / 3
while time.perf_counter() < warm:
    seconds(calls)
times, end = [], time.perf_counter() + duration
while len(times) < 5 or time.perf_counter() < end:
    times.append(seconds(calls))
speed = 2e-9 * m * n * k
print(core(), f"{speed / min(times):.2f} {speed / statistics.median(times):.2f}")
