"""Step 6: what the comeback cost, to which account it goes, and who pays. Method 6.1, 6.2."""
