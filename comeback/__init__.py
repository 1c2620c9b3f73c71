"""Comeback: repeat visits to a car dealership's workshop, handled by the nine steps of one method sheet."""

__version__ = "0.1.0"
