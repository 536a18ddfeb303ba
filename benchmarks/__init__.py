"""What the README claims, measured: run each as `python -m benchmarks.NAME`."""
