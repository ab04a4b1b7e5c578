"""The command line: check rule files, score facts, compare rules, list what is there.

Exit codes: 0 all is well, 1 problems in rules or data (all of them on the error channel), 2 wrong usage.
"""
