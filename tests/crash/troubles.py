"""Knows which troubles there are, and their names."""

from __future__ import annotations

from . import faults, fleet
from .faults import Scenario


def scenarios(lite: bool) -> dict[str, Scenario]:
    """Which troubles there are on a database."""
    both: dict[str, Scenario] = {
        "network cut": faults.network_cut,
        "network gone": faults.network_gone,
        "started without network": faults.starting_without_network,
        "answers lost after accept": faults.answers_lost,
        "429 storm": faults.storm_of_429,
        "5xx for an hour": faults.an_hour_of_5xx,
        "two processes, one dies": faults.two_processes,
        "several behind a webhook, the first dies": fleet.fleet_behind_a_webhook,
        "a stranger polls": fleet.a_stranger_polls,
        "database locked by another": faults.database_locked,
        "clock back an hour": faults.clock_back_an_hour,
        "clock forward a week": faults.clock_forward_a_week,
    }
    return both | (
        {"disk full": faults.disk_full} if lite else {"PostgreSQL killed and restarted": faults.postgres_killed}
    )
