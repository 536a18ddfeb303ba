"""Questions about a network: one file each, a frozen result of numpy arrays as the answer."""
