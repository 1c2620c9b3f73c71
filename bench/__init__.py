"""What it costs, measured side by side: `python -m bench.size`."""
