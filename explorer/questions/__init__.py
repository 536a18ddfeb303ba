"""What a person asks of a network: one folder a question, read from spec to view as the data flows."""
