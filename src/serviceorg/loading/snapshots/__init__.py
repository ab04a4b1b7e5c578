"""Snapshots in and out: a folder with a file for each sort of record, CSV or JSON Lines.

``files`` reads a folder, ``writing`` writes one; ``tables`` says which columns each record has, ``rows``,
``cells`` and ``values`` read them, quickly where all is well and precisely where it is not.
"""
