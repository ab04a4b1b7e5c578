"""An invented Zhucheng at its published size: its organisation, and one quarter of visits."""
