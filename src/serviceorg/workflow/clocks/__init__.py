"""Targets in time: what events do to them, when they are due, when their tiers act, how they stand."""
