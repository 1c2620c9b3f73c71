"""Step 4: the work. The same mechanic first, the expert supervises, tells the manager and drives after the work."""
