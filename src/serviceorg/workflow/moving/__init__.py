"""Making a move or letting time pass: the next ticket, and what it says to the world."""
