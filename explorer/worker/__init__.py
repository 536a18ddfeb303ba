"""The only door into the kitchen: a process that takes jobs from the queue and does them."""
