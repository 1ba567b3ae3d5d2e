"""What the command line says, in English."""

SENTENCES = {
    "storage": "The database can't be used just now: {why}\nRun duban doctor to see why.",
    "newer": "The database was made by a newer version ({revision}) than this one ({head}); nothing was changed. "
    "Please upgrade duban.",
    "unnumbered": "The database has tables but no known version; nothing was changed. Is DATABASE_URL right?",
    "migrated": "Database brought up to date: {before} → {after}",
    "retried": "{n:# update|# updates} put back into the queue; duban run handles them in their order.",
    "nothing_aside": "Nothing is set aside.",
    "migrated_already": "Database is up to date: {after}",
    "empty": "(empty)",
    "interrupted": "Interrupted.",
    "unwritable": "{file} can't be written: {why}",
}
