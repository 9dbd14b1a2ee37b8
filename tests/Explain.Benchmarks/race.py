"""Races Explain against the programs in Peers/, pair by pair in one run, and prints the Markdown tables of docs/performance.md.

usage: race.py [--mnist DIR] [--run DIR] [--tool FILE] [--rounds N] [--python FILE] [--only TEXT] [RACE ...]

RACE is one or more of gemm training minibatch tiny snapshots cnn memory tsne figures scottplot hundred startup; all of them without one. --only TEXT leaves only the rows of a table whose
name contains the text. In each round Explain and its peers take turns, in the opposite order every other round; a ratio is the median of the rounds'
ratios, with the lowest and the highest behind it.

Needs a Release build of tests/Explain.Benchmarks, and a python3 (by default the one that runs this file) with NumPy, and PyTorch or scikit-learn where a
race names them. figures needs matplotlib, and like scottplot and hundred a run folder of a network on MNIST.
startup needs a run folder too, and with --tool the installed command (`build/pack-tool.sh`, `dotnet tool install --tool-path DIR`); it races the built tool. Run it on a quiet machine.
"""
import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
OURS = ["dotnet", os.path.join(HERE, "bin", "Release", "net10.0", "Explain.Benchmarks.dll")]
RECIPES = os.path.join(HERE, "recipes")


def run(command, **environment):
    """What a command prints, and the most memory that it held, in MiB."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, stdout=output, stderr=errors, env={**os.environ, **environment})
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        if process.returncode != 0:
            sys.exit(f"{' '.join(command)} ended with {process.returncode}:\n{errors.read().decode()}")
        return output.read().decode(), usage.ru_maxrss / 1024


def ours(*arguments):
    return run(OURS + list(arguments))[0]


def peer(name, *arguments, threads=2, blas=None, wait="passive", core=None):
    """
    A program of Peers/. OpenBLAS has as many threads as OpenMP unless blas says otherwise; OpenMP's sleep while they wait unless wait is "active". core names the kernels
    that OpenBLAS is to use instead of those that it picks for this processor by itself.
    """
    settings = {"OMP_NUM_THREADS": str(threads), "OPENBLAS_NUM_THREADS": str(blas or threads), "OMP_WAIT_POLICY": wait}
    return run([options.python, os.path.join(HERE, "Peers", name), *arguments], **settings, **({"OPENBLAS_CORETYPE": core} if core else {}))[0]


def number(name, text):
    """The number behind a word of a line."""
    return float(re.search(rf"\b{name} (\S+)", text).group(1))


def has_module(name):
    return subprocess.run([options.python, "-c", f"import {name}"], capture_output=True).returncode == 0


def cores():
    """OpenBLAS as it is, and with its AVX-512 kernels forced where the processor has them: some builds don't pick those on every processor that could run them."""
    with open("/proc/cpuinfo") as f:
        return {"": None, " (AVX-512 forced)": "SkylakeX"} if "avx512f" in f.read() else {"": None}


def alternate(*sides):
    """Calls each side once a round, forwards and backwards in turn; a list of results for each."""
    results = [[] for _ in sides]
    for round_number in range(options.rounds):
        order = range(len(sides))
        for i in reversed(order) if round_number % 2 else order:
            results[i].append(sides[i]())
    return results


def spread(ratios):
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"


def header(*cells):
    print("\n| " + " | ".join(cells) + " |\n|" + " --- |" * len(cells), flush=True)


def row(*cells):
    print("| " + " | ".join(cells) + " |", flush=True)


def against(job, unit, mine, peers):
    """A job's rows: Explain against each peer by name, less being better."""
    results = alternate(mine, *peers.values())
    for name, theirs in zip(peers, results[1:]):
        row(job, f"{statistics.median(results[0]):.4g} {unit}", name, f"{statistics.median(theirs):.4g} {unit}", spread([b / a for a, b in zip(results[0], theirs)]))


def wanted(job):
    return options.only.lower() in job.lower()


def gemm():
    shapes = [("NN", 256, 60000, 784), ("NN", 128, 60000, 256), ("NN", 256, 784, 60000), ("NN", 128, 256, 784), ("NN", 1024, 1024, 1024), ("NN", 2048, 2048, 2048),
              ("NT", 60000, 256, 784), ("NT", 60000, 128, 256), ("TN", 256, 784, 60000), ("NN", 60000, 256, 128), ("NT", 128, 256, 784), ("TN", 256, 784, 128), ("NN", 128, 256, 128)]
    sides = cores()
    header("float32 product, threads", "Explain, GFLOP/s", "of the cores' peak", *[cell for name in sides for cell in (f"OpenBLAS{name}", "times as fast")])
    for threads in (1, 2):
        for shape in shapes:
            job, words = f"{shape[0]} {shape[1]}×{shape[2]}×{shape[3]}, {threads}", [str(part) for part in shape]
            if not wanted(job):
                continue
            mine, *others = alternate(lambda: ours("gemm", "--threads", str(threads), "--shape", ",".join(words)).splitlines()[1].split(),
                                      *[lambda core=core: peer("gemm_numpy.py", *words, threads=threads, core=core).split() for core in sides.values()])
            cells = [f"{statistics.median(float(line[5]) for line in mine):.1f}", f"{statistics.median(float(line[-1]) for line in mine):.0f} %"]
            for theirs in others:
                ratios = [float(a[5]) / float(b[1]) for a, b in zip(mine, theirs)]
                cells += [f"{statistics.median(float(line[1]) for line in theirs):.1f} ({theirs[0][0]})", spread(ratios)]
            row(job, *cells)


def training():
    header("job, best epoch", "Explain", "peer", "its epoch", "times as fast")
    peers = {f"NumPy, {name}{suffix}": lambda mode=mode, core=core: number("best", peer("first_principles_numpy.py", options.mnist, "4", mode, core=core))
             for mode, name in (("notebook", "the notebook's loop"), ("lean", "float32 throughout")) for suffix, core in cores().items()}
    against("784-256-128-10 relu, full batch, with loss, accuracy and update sizes", "s", lambda: number("best", ours("train", "first-principles-relu", options.mnist, "epochs=6")), peers)


def best_setting(program, *arguments, core=None):
    """The best epoch of one thread and of two; for PyTorch also of two with OpenBLAS on one, where OpenMP's threads may spin or sleep while they wait."""
    settings = [{"threads": 1}, {"threads": 2}]
    if "torch" in program:
        settings += [{"threads": 2, "blas": 1}, {"threads": 2, "blas": 1, "wait": "active"}]
    return min(number("best", peer(program, *arguments, str(setting["threads"]), core=core, **setting)) for setting in settings)


def minibatch():
    header("job, best epoch", "Explain", "peer, its best setting of threads", "its epoch", "times as fast")
    peers = {f"{name}{suffix}": lambda program=program, core=core: best_setting(program, options.mnist, "4", core=core)
             for module, name, program in (("torch", "PyTorch", "minibatch_torch.py"), ("numpy", "NumPy", "minibatch_numpy.py")) if has_module(module) for suffix, core in cores().items()}
    against("784-256-128-10 relu, Adam, batches of 128", "s", lambda: number("best", ours("train", os.path.join(RECIPES, "dense-batch128.yaml"), options.mnist)), peers)


def tiny():
    if not has_module("torch"):
        return
    header("job, a step", "Explain", "peer", "its step", "times as fast")
    for job, recipe, program in (("circles, 2-4-1 sigmoid, 200 points a step", "circles", "circles"), ("spirals, 2-15-15-1 relu, 200 points a step", "spirals-relu", "spirals-relu"),
                                 ("spirals, 2-16-20-1 sigmoid, 200 points a step", "spirals-sigmoid", "spirals-sigmoid"), ("XOR, 2-2-1 tanh, 1 point a step", "xor-tanh", "xor")):
        if wanted(job):
            against(job, "µs", lambda: number("step", ours("tiny", recipe, "20000")), {"PyTorch": lambda: number("step", peer("tiny_torch.py", program, "4000", threads=1))})


def snapshots():
    header("job, whole training of 5 epochs", "without a record", "with a snapshot of every epoch on disk", "times as long")
    lines = ours("snapshots", os.path.join(RECIPES, "dense-batch128.yaml"), options.mnist, "--pairs", str(options.rounds)).strip().splitlines()
    without, recorded = ([number(word, line) for line in lines] for word in ("without", "with"))
    row("784-256-128-10 relu, Adam, batches of 128", f"{statistics.median(without):.4g} s", f"{statistics.median(recorded):.4g} s", spread([b / a for a, b in zip(without, recorded)]))


def cnn():
    if not has_module("torch"):
        return
    header("job, best epoch", "Explain", "peer, its best setting of threads", "its epoch", "times as fast")
    peers = {f"PyTorch, {layout} layout": lambda layout=layout: best_setting("cnn_torch.py", options.mnist, "1", layout) for layout in ("usual", "channels last")}
    against("16 filters of 3×3, pooling, 32 of 3×3, pooling, dense 10; Adam, batches of 128", "s", lambda: number("best", ours("cnn", options.mnist, "2")), peers)


def memory():
    header("job, most memory held", "Explain", "peer", "its most", "share")
    def peak(command):
        return run(command)[1]
    script = os.path.join(HERE, "Peers", "first_principles_numpy.py")
    for mode, name in (("notebook", "NumPy, the notebook's loop"), ("lean", "NumPy, float32 throughout")):
        mine, theirs = alternate(lambda: peak(OURS + ["train", "first-principles-relu", options.mnist, "epochs=3"]), lambda: peak([options.python, script, options.mnist, "3", mode]))
        row("784-256-128-10 relu, full batch", f"{statistics.median(mine):.0f} MiB", name, f"{statistics.median(theirs):.0f} MiB", spread([a / b for a, b in zip(mine, theirs)]))


def tsne():
    header("t-SNE of MNIST after PCA to 50", "Explain", "scikit-learn", "times as fast")
    for count in (500, 2500):
        with tempfile.TemporaryDirectory() as folder:
            file = os.path.join(folder, "samples.npy")
            lines = [[], []]
            for _ in range(options.rounds):  # Always in this order: our side writes the samples that the peer reads.
                lines[0].append(ours("tsne", options.mnist, str(count), file).strip())
                lines[1].append(peer("tsne_sklearn.py", file).strip())
        mine, theirs = ([float(line.split()[0]) for line in side] for side in lines)
        divergences = [side[-1].split(", ")[1] for side in lines]
        row(f"{count} samples ({divergences[0]} against {divergences[1]})", f"{statistics.median(mine):.3g} s", f"{statistics.median(theirs):.3g} s", spread([b / a for a, b in zip(mine, theirs)]))


def figures():
    for threads in dict.fromkeys((1, os.cpu_count())):
        sides = alternate(lambda: ours("figures", options.run, "--threads", str(threads)), lambda: peer("figures_matplotlib.py", options.run, "200", "5"), lambda: peer("figures_matplotlib.py", options.run, "100", "5"))
        header(f"figure of a run, 2000×2000, to PNG; threads {threads}", "Explain (scene + PNG)", "matplotlib, 200 dpi: 2000×2000", "times as fast", "matplotlib, 100 dpi: 1000×1000", "times as fast")
        for name in ("twelve-panel", "confusion", "curves"):
            mine, fine, coarse = ([next(line for line in text.splitlines() if line.startswith(f"figure {name} ")) for text in side] for side in sides)
            parts = " + ".join(f"{statistics.median(number(word, line) for line in mine):.1f}" for word in ("scene", "png"))
            a, b, c = ([number("total", line) for line in side] for side in (mine, fine, coarse))
            row(name, f"{statistics.median(a):.1f} ms ({parts})", f"{statistics.median(b):.0f} ms", spread([y / x for x, y in zip(a, b)]), f"{statistics.median(c):.0f} ms", spread([y / x for x, y in zip(a, c)]))


def scottplot():
    mine, theirs = alternate(lambda: ours("figures", options.run, "--threads", "1", "--figure", "twelve-panel"), lambda: ours("scottplot", options.run))
    header("twelve panels, 2000×2000, to PNG; one thread", "Explain (scene + PNG)", "ScottPlot", "times as fast")
    a = [number("total", next(line for line in text.splitlines() if line.startswith("figure "))) for text in mine]
    b = [number("total", text) for text in theirs]
    row("nine heat maps with colour bars, three charts of curves", f"{statistics.median(a):.1f} ms", f"{statistics.median(b):.0f} ms", spread([y / x for x, y in zip(a, b)]))


def hundred():
    one, all_ = alternate(lambda: ours("hundred", options.run, "--threads", "1"), lambda: ours("hundred", options.run))
    header("a hundred figures, 2000×2000, to PNG", "one thread", f"{os.cpu_count()} threads", "times as fast")
    a, b = ([number("total", text) for text in side] for side in (one, all_))
    row("twelve-panel, confusion, curves by turns", f"{statistics.median(a) / 1000:.2f} s", f"{statistics.median(b) / 1000:.2f} s", spread([x / y for x, y in zip(a, b)]))


def startup():
    built = ["dotnet", os.path.join(HERE, "..", "..", "Explain.Tool", "bin", "Release", "net10.0", "Explain.Tool.dll")]
    header("whole command", "packed and installed", "built", "times as fast")
    with tempfile.TemporaryDirectory() as folder:
        commands = {"--help": ["--help"], "render RUN --figure curves": ["render", options.run, "--figure", "curves", "-o", os.path.join(folder, "curves.png")],
                    "train xor-tanh --epochs 5": ["train", "xor-tanh", "--epochs", "5", "--force", "--out", os.path.join(folder, "run")]}

        def seconds(command):
            start = time.perf_counter()
            run(command)
            return time.perf_counter() - start
        for name, arguments in commands.items():
            packed, plain = alternate(*[lambda program=program: seconds(program + arguments) for program in ([options.tool], built)])
            row(f"`explain {name}`", f"{statistics.median(packed):.3f} s", f"{statistics.median(plain):.3f} s", spread([b / a for a, b in zip(packed, plain)]))


RACES = {"gemm": gemm, "training": training, "minibatch": minibatch, "tiny": tiny, "snapshots": snapshots, "cnn": cnn, "memory": memory, "tsne": tsne, "figures": figures, "scottplot": scottplot, "hundred": hundred, "startup": startup}
parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("races", nargs="*", metavar="RACE")
parser.add_argument("--mnist", default=os.environ.get("EXPLAIN_MNIST", ""))
parser.add_argument("--run", default=os.environ.get("EXPLAIN_RUN", ""))
parser.add_argument("--tool", default="explain")
parser.add_argument("--rounds", type=int, default=5)
parser.add_argument("--python", default=sys.executable)
parser.add_argument("--only", default="")
options = parser.parse_args()
if unknown := [race for race in options.races if race not in RACES]:
    parser.error(f"there is no race '{unknown[0]}'; there are {', '.join(RACES)}")
for race in options.races or RACES:
    RACES[race]()
