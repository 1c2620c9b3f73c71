"""The nine rooms, one for each step of the sheet, all furnished alike."""
