"""Step 8: the customer is contacted within 48 hours of the hand-over. Method 8.1."""
