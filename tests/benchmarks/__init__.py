"""Measurements that take minutes or want a quiet machine: `python -m tests.benchmarks.<name>`. No tests."""
