"""From checked tables to the frozen values of a rule set; nothing here reports problems."""
