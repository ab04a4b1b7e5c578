"""Who and where: subjects that are scored, units that form a tree, actors with roles in it."""

from .actors import Actor, Post
from .subjects import Dated, Exemption, Subject
from .units import Units

__all__ = ["Actor", "Dated", "Exemption", "Post", "Subject", "Units"]
