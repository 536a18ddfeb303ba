"""The project's only JavaScript, and the Python that hands it data."""
