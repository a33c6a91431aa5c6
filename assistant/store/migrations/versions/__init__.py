"""The changes of the tables, oldest first: ``rNNNN_what.py``, written by hand, each naming the one before it."""
