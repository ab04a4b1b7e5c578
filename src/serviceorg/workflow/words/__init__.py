"""What people read: titles, sentences, and a definition told in words."""
