"""Tests: what must hold for the reader of the book."""
