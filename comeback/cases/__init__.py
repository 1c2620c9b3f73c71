"""The thread: requests, cases and months; commands, journal, gates, due rows; evidence that several rooms share."""
