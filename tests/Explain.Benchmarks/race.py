"""Races Explain against the programs in Peers/, pair by pair in one run, and prints a table of medians for docs/performance.md.

usage: race.py [--mnist DIR] [--rounds N] [gemm] [training] [tsne]        (all three without a name)

Needs python3 with NumPy (and scikit-learn for tsne), and a Release build of tests/Explain.Benchmarks. Run it on a quiet machine.
"""
import os
import re
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
OURS = ["dotnet", os.path.join(HERE, "bin", "Release", "net10.0", "Explain.Benchmarks.dll")]


def run(command, **environment):
    return subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, **environment}).stdout


def peer(name, *arguments, threads=2):
    return run([sys.executable, os.path.join(HERE, "Peers", name), *arguments], OPENBLAS_NUM_THREADS=str(threads))


def row(job, ours, theirs, unit, higher_is_better):
    ratios = [o / t if higher_is_better else t / o for o, t in zip(ours, theirs)]
    print(f"| {job} | {statistics.median(ours):.4g} {unit} | {statistics.median(theirs):.4g} {unit} | {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f}) |", flush=True)


def gemm(rounds):
    print("\n| product, threads | Explain | NumPy | times as fast |\n| --- | --- | --- | --- |")
    for threads in (1, 2):
        ours, theirs = {}, {}
        for _ in range(rounds):
            for line in run(OURS + ["gemm", "--threads", str(threads)]).splitlines()[1:]:
                form, m, n, k, _, best = line.split()[:6]
                ours.setdefault((form, m, n, k), []).append(float(best))
            for line in peer("gemm_numpy.py", threads=threads).splitlines():
                form, m, n, k, best = line.split()
                theirs.setdefault((form, m, n, k), []).append(float(best))
        for shape in ours:
            if shape in theirs:
                row(f"{shape[0]} {shape[1]}×{shape[2]}×{shape[3]}, {threads}", ours[shape], theirs[shape], "GFLOP/s", True)


def training(rounds, mnist):
    print("\n| job, seconds an epoch | Explain | NumPy | times as fast |\n| --- | --- | --- | --- |")
    best, theirs = [], []
    for _ in range(rounds):
        best.append(float(re.search(r"median (\S+)", run(OURS + ["train", "first-principles-relu", mnist, "epochs=10"])).group(1)))
        theirs.append(float(re.search(r"median (\S+)", peer("first_principles_numpy.py", mnist, "10")).group(1)))
    row("784-256-128-10 relu, full batch of 60,000, with loss, accuracy and update sizes", best, theirs, "s", False)


def tsne(rounds, mnist):
    print("\n| t-SNE of MNIST after PCA to 50 | Explain | scikit-learn | times as fast |\n| --- | --- | --- | --- |")
    for count in (500, 2500):
        ours, theirs, divergence = [], [], ("", "")
        with tempfile.TemporaryDirectory() as folder:
            file = os.path.join(folder, "samples.npy")
            for _ in range(rounds):
                line = run(OURS + ["tsne", mnist, str(count), file])
                ours.append(float(line.split()[0]))
                other = peer("tsne_sklearn.py", file)
                theirs.append(float(other.split()[0]))
                divergence = (line.strip().split(", ")[1], other.strip().split(", ")[1])
        row(f"{count} samples ({divergence[0]} against {divergence[1]})", ours, theirs, "s", False)


arguments = sys.argv[1:]
mnist = arguments[arguments.index("--mnist") + 1] if "--mnist" in arguments else os.environ.get("EXPLAIN_MNIST", "")
rounds = int(arguments[arguments.index("--rounds") + 1]) if "--rounds" in arguments else 5
names = [name for name in ("gemm", "training", "tsne") if name in arguments] or ["gemm", "training", "tsne"]
if "gemm" in names:
    gemm(rounds)
if "training" in names:
    training(rounds, mnist)
if "tsne" in names:
    tsne(rounds, mnist)
