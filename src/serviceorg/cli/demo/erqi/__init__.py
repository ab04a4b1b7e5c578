"""An invented Erqi: 17,727 members of 586 organisations, and a year of their facts."""
