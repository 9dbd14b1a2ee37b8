"""scikit-learn's t-SNE (Barnes-Hut, its defaults, PCA initialisation) on the first N rows of a .npy file of float32.
Prints the seconds and the KL divergence it reports.

usage: tsne_sklearn.py FILE.npy
"""
import sys
import time

import numpy as np
import sklearn.manifold

x = np.load(sys.argv[1])
start = time.perf_counter()
t = sklearn.manifold.TSNE(n_components=2, init="pca", learning_rate="auto", random_state=0, n_jobs=2)
t.fit_transform(x)
print(f"{time.perf_counter() - start:.3f} s, KL {t.kl_divergence_:.4f}")
