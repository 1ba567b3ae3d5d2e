"""Knows the steps by which a database of an earlier version becomes one of today."""
