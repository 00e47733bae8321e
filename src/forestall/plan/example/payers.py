"""This file knows who pays for the example plan."""

from __future__ import annotations

from forestall.plan.example.texts import texts

CITY = texts("City of Port Alder", "Ville de Port Alder", "مدينة بورت ألدر")
FUND = texts("National prevention fund", "Fonds national de prévention", "الصندوق الوطني للوقاية")
HOMES = texts("Harbour Homes", "Harbour Homes", "مساكن الميناء")
SCHOOLS = texts("School board", "Conseil scolaire", "مجلس المدارس")
