"""The demo's cast and its announcement in English."""

SENTENCES = {
    "office": "Supervision Office",
    "owner": "Su Xiaotang (owner)",
    "supervisor": "Gu Mingzhe (supervisor)",
    "stranger": "A passer-by",
    "group": "Key tasks working group",
    "preparing": "Preparing the demo: reading the notice, letting the contacts join. One moment…",
    "ready": "The demo is ready, open {url}\nCtrl+C ends it.",
    "no_file": "No such notice: {file}",
    "bad_start": "--start looks like 2023-03-03T09:00.",
    "port_taken": "Port {port} is taken, choose another --port.",
}
