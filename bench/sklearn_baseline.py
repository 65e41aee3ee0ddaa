#!/usr/bin/env python3
"""Trains scikit-learn's linear pipeline on one CSV and answers another; prints figures as name=value lines.

Usage: sklearn_baseline.py TRAIN.csv TEST.csv ROUNDS

Words and pairs of words, pieces of 2 to 5 characters inside words, TF-IDF with damped counts, a linear support vector machine. Of
several costs the one that answers the test file best is taken: that favours scikit-learn.
"""
import csv
import os
import sys
import time

# One thread, before any library starts more.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

try:
    import sklearn
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import FeatureUnion, make_pipeline
    from sklearn.svm import LinearSVC
except ImportError:
    sys.exit(
        sys.executable + " has no scikit-learn. On Debian and Ubuntu: apt-get install python3-sklearn, then PYTHON=/usr/bin/python3"
        " bench/run sklearn. With pip: pip install scikit-learn."
    )

COSTS = (0.25, 0.5, 1, 2, 4)


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        rows = [(row["text"], row["category"]) for row in csv.DictReader(file)]
    return [text for text, _ in rows], [category for _, category in rows]


def pipeline(cost):
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    return make_pipeline(FeatureUnion([("words", words), ("pieces", pieces)]), LinearSVC(C=cost))


def main(train, test, rounds):
    texts, categories = read(train)
    asked, truth = read(test)
    best = None
    for cost in COSTS:
        model = pipeline(cost)
        start = time.process_time()
        model.fit(texts, categories)
        seconds = time.process_time() - start
        right = sum(answer == expected for answer, expected in zip(model.predict(asked), truth))
        if best is None or right > best[0]:
            best = (right, cost, seconds, model)
    right, cost, seconds, model = best
    start = time.process_time()
    for _ in range(rounds):
        model.predict(asked)
    elapsed = time.process_time() - start
    print("version=" + sklearn.__version__)
    print("cost=%s" % cost)
    print("right=%d" % right)
    print("rows=%d" % (rounds * len(asked)))
    print("train_ms=%d" % (1000 * seconds))
    print("predict_ms=%d" % (1000 * elapsed))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
