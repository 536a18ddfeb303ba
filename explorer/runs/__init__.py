"""Runs: the store that remembers them, the queue that orders them, the workers that do them."""
