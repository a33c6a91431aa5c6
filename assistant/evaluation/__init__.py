"""Benchmarks and golden questions: the same code staff, CI and developers run."""
