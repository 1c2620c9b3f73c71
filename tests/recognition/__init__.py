"""Recognition: the library that answers whether a request is a comeback."""
