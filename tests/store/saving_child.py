"""Run as a process of its own: saves reports in a loop and prints ``number version`` after each acknowledged save.

Arguments: database, first number, how many numbers, passages of each, versions (0: until killed), first version.
"""

import sys

from store_samples import make_report

from assistant.store import Store

path = sys.argv[1]
first, count, passages, versions, version = map(int, sys.argv[2:])
print("opening", flush=True)
with Store.open(path) as store:
    last = version + versions
    while not versions or version < last:
        for number in range(first, first + count):
            store.save(make_report(number, version, passages=passages))
            print(number, version, flush=True)
        version += 1
