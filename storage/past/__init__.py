"""The repositories of an office as they stood at a past moment; they are only read."""
