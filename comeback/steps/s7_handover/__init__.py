"""Step 7: the work explained, the cure confirmed, a drive offered, the document explained, the car handed over."""
