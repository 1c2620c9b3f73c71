"""The method sheet as data, and the pure engine that reads it. No Django, no clock, no database.

`sheet.yaml` holds the sheet once; `sheet.load()` reads and validates it; `engine.progress()` turns facts into what is
done, due, locked or owed; `calendar.Calendar` knows the working hours; `refusal.Refused` is how anything is refused.
"""
