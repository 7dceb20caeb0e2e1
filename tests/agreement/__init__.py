"""A made-up agreement: its own record and shapes, see README.md."""
