"""The move to another database, in English."""

SENTENCES = {
    "bad_url": "That is no database address. Write sqlite:///path or postgresql://user:password@host/name.",
    "no_place": "There is no place for {file} ({why}). Please name another.",
    "no_source": "No such database: {file}",
    "same": "Both addresses are the same database; there is nothing to move.",
    "source_version": "The source is at version {found}, this program at {head}. Run duban migrate (or upgrade duban) first.",
    "source_in_use": "A bot is using the source. Stop every duban run first.",
    "target_version": "The target is at version {found}, this program at {head}. Name an empty database.",
    "target_foreign": "The target holds tables of something else. Name an empty database.",
    "target_full": "The target holds data already ({tables}); nothing is overwritten. Name an empty database.",
    "target_in_use": "A bot is using the target. Stop it first.",
    "differs": "{table} differs: {here:# row|# rows} before, {there} after. Undone: the target is empty, the source untouched.",
    "broken_off": "The move was broken off and undone: the target is as it was, the source untouched. It can be started again.",
    "all": "all",
    "done": "{tables:# table|# tables} moved, counts and content of each compared and equal, in {seconds} s, {rate} rows/s.\nSet DATABASE_URL to the new address, then start. The source is as it was: keep it as a backup, but let no bot use it again.",
}
