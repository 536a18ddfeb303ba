"""What the labs share on the page, and what each of them says."""
