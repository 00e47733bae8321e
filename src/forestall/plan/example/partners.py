"""This file knows the partners of the example plan, of all four groups of actors."""

from __future__ import annotations

from datetime import date

from forestall.plan.example.texts import texts
from forestall.plan.records import Agreement, Partner
from forestall.plan.vocabulary import Sector

_AGREED = Agreement(
    about=texts("Part in the plan, exchange of figures without names, four meetings a year"),
    signed=date(2025, 2, 10),
    until=date(2026, 12, 31),
)

PARTNERS = (
    Partner(
        key="safer-city-office",
        name=texts("Safer City office", "Bureau Ville sûre", "مكتب المدينة الآمنة"),
        sector=Sector.COORDINATION,
        role=texts("Brings the partners together, keeps the plan, and answers for it as a whole."),
        contact="prevention@portalder.example",
        agreement=_AGREED,
    ),
    Partner(
        key="housing-department",
        name=texts(
            "Housing and works department",
            "Service du logement et des travaux",
            "إدارة الإسكان والأشغال",
        ),
        sector=Sector.HOUSING,
        role=texts("Builds and keeps gates and lights, after asking the residents."),
        contact="housing@portalder.example",
        agreement=_AGREED,
    ),
    Partner(
        key="youth-service",
        name=texts("Youth service", "Service de la jeunesse", "خدمة الشباب"),
        sector=Sector.SOCIAL_SERVICES,
        role=texts("Runs the workshop, open to everybody from 14 to 21."),
        contact="youth@portalder.example",
        agreement=_AGREED,
    ),
    Partner(
        key="school-board",
        name=texts("School board", "Conseil scolaire", "مجلس المدارس"),
        sector=Sector.EDUCATION,
        role=texts("Gives rooms and tools in the evening."),
        contact="board@schools.portalder.example",
        agreement=_AGREED,
    ),
    Partner(
        key="victim-support",
        name=texts("Victim support", "Aide aux victimes", "جمعية دعم الضحايا"),
        sector=Sector.VICTIM_SUPPORT,
        role=texts("Visits homes after a burglary if the household wishes, free of charge."),
        contact="help@victims.portalder.example",
        agreement=_AGREED,
    ),
    Partner(
        key="housing-association",
        name=texts("Harbour Homes", "Harbour Homes", "مساكن الميناء"),
        sector=Sector.HOUSING,
        role=texts("Fits locks in its homes and cares for the gates."),
        contact="office@harbourhomes.example",
        agreement=_AGREED,
    ),
    Partner(
        key="residents-council",
        name=texts("Residents’ council", "Conseil des habitants", "مجلس السكان"),
        sector=Sector.ASSOCIATION,
        role=texts("Asks every household, and decides with the city which alley comes first."),
        contact="council@harbour.example",
        agreement=_AGREED,
    ),
    Partner(
        key="harbour-traders",
        name=texts("Harbour Traders", "Commerçants du port", "تجار الميناء"),
        sector=Sector.TRADE,
        role=texts("Light their back doors, and offer trial days to young people."),
        contact="desk@traders.example",
    ),
    Partner(
        key="harbour-radio",
        name=texts("Harbour Radio", "Radio du port", "إذاعة الميناء"),
        sector=Sector.MEDIA,
        role=texts("Tells residents of the plan and of help for victims, without raising fear."),
        contact="desk@radio.example",
    ),
    Partner(
        key="police",
        name=texts("Harbour police station", "Commissariat du port", "مركز شرطة الميناء"),
        sector=Sector.POLICE,
        role=texts(
            "Gives counts without names, and tells victims that help exists; receives no data of "
            "the programmes. This part is public."
        ),
        contact="station@police.portalder.example",
        agreement=_AGREED,
    ),
    Partner(
        key="university",
        name=texts("University of Port Alder", "Université de Port Alder", "جامعة بورت ألدر"),
        sector=Sector.RESEARCH,
        role=texts("Evaluates, and publishes whatever it finds."),
        contact="institute@university.example",
        agreement=_AGREED,
    ),
)
