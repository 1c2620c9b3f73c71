"""Step 3: attention at reception. In calm, with the manager; fault card, drive with the customer, delivery slot."""
