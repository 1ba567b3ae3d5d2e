"""Knows each step, one file per revision."""
