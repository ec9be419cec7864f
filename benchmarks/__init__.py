"""The engine beside its peers and its limits, measured side by side in one run: `python -m benchmarks`."""
