"""Learning proposals from a bureau's own decided matters, checked on matters that were kept apart (§3.2.2)."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from pingyi.inference.features import Example, matrix, vocabulary
from pingyi.inference.lexicon import cleaned, lexicon
from pingyi.inference.suggest import Check, Floats, Model, softmax

LEAST_OF_A_LABEL = 5
LEAST_EXAMPLES = 40
MOST_EXAMPLES = 20_000  # the latest
FOLDS = 4
WANTED = 0.82  # of the proposals that are shown, so many should be right: on new matters it is a little less
LEAST_SCORE = 0.4
MOST_SHARP = 2.1  # a logarithm: matters that repeat each other must not make the model certain of everything
NEVER = 2.0  # a threshold that no score reaches


def learn(examples: Sequence[Example]) -> Model | None:
    """Return a model, or nothing while there is too little to learn from; the same examples give the same model."""
    known = _usable(examples)
    labels = tuple(sorted({example.label for example in known}))
    if len(labels) < 2 or len(known) < LEAST_EXAMPLES:
        return None
    words = lexicon(example.text for example in known)
    features = vocabulary(words, known)
    rows, truth = matrix(features, words, known), np.array([labels.index(example.label) for example in known])
    margins = _kept_apart(rows, truth, known, len(labels))
    sharpness = _sharpness(margins, truth)
    threshold, check = _checked(softmax(margins * sharpness), truth)
    weights, bias = _fit(rows, truth, len(labels))
    return Model(
        labels=labels,
        lexicon=words,
        vocabulary=features,
        weights=weights,
        bias=bias,
        sharpness=sharpness,
        threshold=threshold,
        check=check,
    )


def macro_f1(truth: Sequence[int], said: Sequence[int]) -> float:
    """Return the mean over the true labels of F1, each label counting the same."""
    right = Counter(one for one, other in zip(truth, said, strict=True) if one == other)
    there, named = Counter(truth), Counter(said)
    return math.fsum(2 * right[label] / (there[label] + named[label]) for label in there) / len(there)


def _usable(examples: Sequence[Example]) -> list[Example]:
    latest = list(examples)[-MOST_EXAMPLES:]
    counts = Counter(example.label for example in latest)
    return sorted(
        (example for example in latest if counts[example.label] >= LEAST_OF_A_LABEL),
        key=lambda example: (example.text, example.facets, example.label),
    )


def _kept_apart(rows: Any, truth: Any, examples: Sequence[Example], labels: int) -> Floats:
    """Return every example's margins from a model that saw neither it nor any other of its group."""
    folds = np.array([_fold(example) for example in examples])
    margins: Floats = np.zeros((len(examples), labels), dtype=np.float32)
    for fold in sorted(set(folds.tolist())):
        out = folds == fold
        weights, bias = _fit(rows[~out], truth[~out], labels)
        margins[out] = rows[out] @ weights + bias
    return margins


def _fold(example: Example) -> int:
    key = example.group or cleaned(example.text) or repr(example.facets)
    return hashlib.sha256(key.encode()).digest()[0] % FOLDS


def _fit(rows: Any, truth: Any, labels: int) -> tuple[Floats, Floats]:
    """Return weights and bias, one column a label; a label without examples is never proposed."""
    from sklearn.svm import LinearSVC

    weights: Floats = np.zeros((rows.shape[1], labels), dtype=np.float32)
    bias: Floats = np.full(labels, -2.0, dtype=np.float32)
    present = np.unique(truth)
    if len(present) == 1:
        bias[present] = 1.0
        return weights, bias
    machine = LinearSVC(C=1.0, class_weight="balanced", random_state=0, tol=1e-2, max_iter=5_000).fit(rows, truth)
    both = len(present) == 2
    weights[:, present] = np.vstack([-machine.coef_, machine.coef_]).T if both else machine.coef_.T
    bias[present] = np.concatenate([-machine.intercept_, machine.intercept_]) if both else machine.intercept_
    return weights, bias


def _sharpness(margins: Floats, truth: Any) -> float:
    """Return the factor under which the shares of softmax fit what turned out to be true."""
    from scipy.optimize import minimize_scalar

    def loss(logarithm: float) -> float:
        shares = softmax(margins * math.exp(logarithm))[np.arange(len(truth)), truth]
        return float(-np.log(np.maximum(shares, 1e-12)).mean())

    return float(math.exp(minimize_scalar(loss, bounds=(-2.0, MOST_SHARP), method="bounded").x))


def _checked(scores: Floats, truth: Any) -> tuple[float, Check]:
    said, sure = scores.argmax(axis=1), scores.max(axis=1)
    right = said == truth
    threshold = _threshold(sure, right)
    answered = sure >= threshold
    check = Check(
        examples=len(truth),
        macro_f1=macro_f1(truth.tolist(), said.tolist()),
        right=float(right.mean()),
        answered=float(answered.mean()),
        right_when_answered=float(right[answered].mean()) if answered.any() else 0.0,
        most_frequent=float(np.bincount(truth).max() / len(truth)),
    )
    return threshold, check


def _threshold(sure: Any, right: Any) -> float:
    """Return the lowest score over which enough of the proposals were right."""
    order = np.argsort(-sure, kind="stable")
    good = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero((good >= WANTED) & (sure[order] >= LEAST_SCORE))
    if not len(enough):
        return NEVER
    all_will_do = enough[-1] == int((sure >= LEAST_SCORE).sum()) - 1
    return LEAST_SCORE if all_will_do else float(sure[order][enough[-1]])
