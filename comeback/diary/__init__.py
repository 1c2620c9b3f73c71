"""When: working calendars, people, bays and courtesy cars by the quarter of an hour, appointments of all customers."""
