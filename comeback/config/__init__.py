"""Settings, addresses, command line, start-up: what puts the floors together."""
