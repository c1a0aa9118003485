"""What generated checkers and the compiler share.

Unknowns, truth, civil dates, the reading of records, schedules, gates. Standard library only. The
text of these modules is copied into every generated checker (the imports between them left out), so
no two of them define the same name and none imports anything heavy.
"""
