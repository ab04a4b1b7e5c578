"""Journals of accounts in and out, as JSON Lines.

``files`` is the face; ``quick`` reads lines that are written as we write them.
"""
