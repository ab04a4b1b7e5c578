"""Pictures of workflows: SVG laid out here, without a browser or other programs, and Mermaid text."""

from .picture import Drawing, draw

__all__ = ["Drawing", "draw"]
