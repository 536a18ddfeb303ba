"""Results drawn: each function turns frozen data into one Plotly figure and changes nothing."""
