"""Step 5: the quality check, the customer's delivery time, the comeback register, measures against recurrence."""
