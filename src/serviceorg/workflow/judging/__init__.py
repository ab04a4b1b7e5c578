"""Whether a move can be made: by whom, with what form, on which conditions; and why not."""
