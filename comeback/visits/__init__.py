"""What was done before and now: visits, repair orders and their print, concerns and what became of them."""
