"""
Benchmarks: the same task scored by serviceorg, by hand and by other engines.

Run `python -m benchmarks scoring`, `growth`, `startup` or `all`. Nothing here is imported by the library, and
no timing is asserted.
"""
