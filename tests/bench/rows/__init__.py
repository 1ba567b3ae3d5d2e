"""The rows of the bench: each file has one `ROW`; its file name is the row's name on the command line."""
