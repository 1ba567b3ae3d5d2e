"""Knows which troubles there are, and their names."""

from __future__ import annotations

from . import clocks, database, fleet, network
from .faults import Scenario


def scenarios(lite: bool) -> dict[str, Scenario]:
    """Which troubles there are on a database."""
    both: dict[str, Scenario] = {
        "network cut": network.network_cut,
        "network gone": network.network_gone,
        "started without network": network.starting_without_network,
        "answers lost after accept": network.answers_lost,
        "429 storm": network.storm_of_429,
        "5xx for an hour": network.an_hour_of_5xx,
        "two processes, one dies": fleet.two_processes,
        "hung while on duty": fleet.hung_on_duty,
        "several behind a webhook, the first dies": fleet.fleet_behind_a_webhook,
        "a stranger polls": fleet.a_stranger_polls,
        "database locked by another": database.database_locked,
        "clock back an hour": clocks.clock_back_an_hour,
        "clock forward a week": clocks.clock_forward_a_week,
    }
    return both | (
        {"disk full": database.disk_full} if lite else {"PostgreSQL killed and restarted": database.postgres_killed}
    )
