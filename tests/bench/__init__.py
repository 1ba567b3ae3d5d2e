"""What the bot costs, measured beside the alternatives: `python -m tests.bench`; one file a row in tests/bench/rows."""
