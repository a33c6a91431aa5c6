"""Logistic regression, small: what the fits of the confidence and of the FAQ's everyday matching share."""

import numpy as np
import numpy.typing as npt

# Newton steps settle a regression of a few weights long before this.
_STEPS = 50
# A light ridge keeps weights finite where a feature separates perfectly.
_RIDGE = 1.0
# Next to none for the bias; with none at all a handful of rows that are all right has no solution.
_BIAS_RIDGE = 1e-3

Matrix = npt.NDArray[np.float64]


def fit_logistic(rows: Matrix, target: Matrix, counts: Matrix | None = None) -> Matrix:
    """Ridge logistic regression by Newton's method (Hastie, Tibshirani, Friedman 2009, 4.4.1).

    Args:
        rows: the features, a row each, a last column of ones for the bias.
        target: 1 where right, 0 where not.
        counts: how much each row counts; all alike where none are given.

    Returns:
        The weights, the bias last.
    """
    counts = np.ones(len(rows)) if counts is None else counts
    weights = np.zeros(rows.shape[1])
    ridge = _RIDGE * np.eye(rows.shape[1])
    ridge[-1, -1] = _BIAS_RIDGE
    for _ in range(_STEPS):
        sure = probability(rows, weights)
        gradient = rows.T @ (counts * (target - sure)) - ridge @ weights
        hessian = rows.T @ (rows * (counts * sure * (1 - sure))[:, None]) + ridge
        step = np.linalg.solve(hessian, gradient)
        weights = weights + step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def probability(rows: Matrix, weights: Matrix) -> Matrix:
    """How sure the weights make each row."""
    sure: Matrix = 1 / (1 + np.exp(-rows @ weights))
    return sure
