"""Set-up of a new installation, and the settings that an administrator keeps: people, functions, calendar, rates."""
