"""Long work in English."""

SENTENCES = {
    "drawing": "⏳ Making “{name}”: {step}. It comes when it is ready; go on meanwhile.",
    "drawing_over": "✓ “{name}” is ready, see the file below.",
    "reading": "⏳ Reading “{name}”: {step}. {most} s at most.",
    "reading_over": "✓ “{name}” is read.",
    "seconds": "{seconds} s so far",
    "gather": "gathering briefings {number}/{count} ({percent}%)",
    "file": "file {number}/{count} ({percent}%)",
    "row": "row {number}/{count} ({percent}%)",
    "page": "page {number}/{count} ({percent}%)",
    "layout": "setting {percent}%",
    "fonts_only": "embedding fonts",
    "tasks_only": "finding the tasks",
}
