"""Knows how an official notice is read: lines of text in, a `Notice` with its questions out; pure rules, no files."""
