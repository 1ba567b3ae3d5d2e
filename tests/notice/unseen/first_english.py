"""The first set: English action plans of local councils."""

from __future__ import annotations

from tests.notice.unseen.files import LEFT, UP, book, pdf, txt, word
from tests.notice.unseen.paper import Paper

_CARDS = """
# Harrowbeck District Council: Climate Action Plan 2025

Published 14 February 2025

## Theme 1: Warm homes

**Action 1.1:** Retrofit 120 council-owned homes.
**Lead:** Housing Services
**Partners:** Harrowbeck Homes, Energy Advice Centre
**By:** March 2026

**Action 1.2:** Publish a grants guide for landlords.
**Lead:** Environmental Health Team
**Partners:** Citizens Advice
**By:** September 2025

## Theme 2: Getting about

**Action 2.1:** Install 40 public charge points.
**Lead:** Highways Department
**Partners:** County Council
**By:** December 2025
"""

_OFFICERS = (
    ("Westmere Town Council Corporate Plan 2025-26: Delivery Plan", LEFT, LEFT, LEFT, LEFT, LEFT),
    ("Adopted 3 March 2025", LEFT, LEFT, LEFT, LEFT, LEFT),
    ("Ref", "Priority", "Action", "Lead officer", "Supported by", "Timescale"),
    (
        "CP1",
        "Safer streets",
        "Extend the town centre CCTV network.",
        "Head of Community Safety",
        "Police Liaison Team",
        "September 2025",
    ),
    ("CP2", UP, "Set up a night-time economy forum.", "Licensing Manager", "Chamber of Trade", "June 2025"),
    ("CP3", "Cleaner places", "Replace 60 litter bins.", "Director of Place", "", "Q4 2025"),
)

_NUMBERED = """
Elmford Borough Council
Audit Improvement Plan
12 May 2025
1.1 Adopt a revised procurement policy.
Responsible: Finance Department
Timeframe: 31 July 2025
1.2 Train all contract managers.
Responsible: HR Department; Legal Services
Timeframe: 30 September 2025
2.1 Publish the contracts register each quarter.
Responsible: Procurement Team
Timeframe: Ongoing
"""

_SENTENCES = """
Kestrel Bay Council - Coastal Resilience Action Plan
Approved on 20 January 2025

1. Repair the north sea wall. (Lead: Engineering Services; Support: Harbour Office; Due: October 2025)
2. Update flood warnings for caravan parks. (Lead: Emergency Planning Unit; Support: Environment Agency, Parks Department; Due: 30 June 2025)
3. Map erosion hot spots. (Lead: Planning Department; Due: end of 2025)
"""

_RECOMMENDED = (
    ("No.", "Recommendation", "Agreed action", "Responsible officer", "Target date"),
    ("1", "Records should be kept centrally.", "Move case files to one system.", "Records Manager", "31/10/2025"),
    (
        "2",
        "Complaints should be answered in time.",
        "Report response times monthly.",
        "Customer Services",
        "30/11/2025",
    ),
)

PAPERS = (
    Paper("action_cards", "md", txt(_CARDS), (
        "1.1|Retrofit 120 council-owned homes.|Housing Services|Harrowbeck Homes、Energy Advice Centre||2026-03-31",
        "1.2|Publish a grants guide for landlords.|Environmental Health Team|Citizens Advice||2025-09-30",
        "2.1|Install 40 public charge points.|Highways Department|County Council||2025-12-31",
    )),
    Paper("lead_officers", "xlsx", book(Plan=_OFFICERS), (
        "CP1|Extend the town centre CCTV network.|Head of Community Safety|Police Liaison Team||2025-09-30",
        "CP2|Set up a night-time economy forum.|Licensing Manager|Chamber of Trade||2025-06-30",
        "CP3|Replace 60 litter bins.|Director of Place|||2025-12-31",
    )),
    Paper("dotted_numbers", "pdf", pdf(_NUMBERED, size=12), (
        "1.1|Adopt a revised procurement policy.|||Finance Department|2025-07-31",
        "1.2|Train all contract managers.|||HR Department、Legal Services|2025-09-30",
        "2.1|Publish the contracts register each quarter.|||Procurement Team",
    )),
    Paper("brackets_at_the_end", "txt", txt(_SENTENCES), (
        "1|Repair the north sea wall.|Engineering Services|Harbour Office||2025-10-31",
        "2|Update flood warnings for caravan parks.|Emergency Planning Unit|Environment Agency、Parks Department||2025-06-30",
        "3|Map erosion hot spots.|Planning Department|||2025-12-31",
    )),
    Paper("recommendations", "docx", word("Moorside Council internal audit follow-up\n2 June 2025", _RECOMMENDED), (
        "1|Records should be kept centrally. Move case files to one system.|||Records Manager|2025-10-31",
        "2|Complaints should be answered in time. Report response times monthly.|||Customer Services|2025-11-30",
    )),
)  # fmt: skip
