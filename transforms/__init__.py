"""Transforms think: pure functions from bytes and text to rows, with no I/O and no clock."""
