"""Who and what: groups, sites, staff and their functions, customers, vehicles, editions of the sheet, the clock."""
