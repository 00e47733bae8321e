"""This file knows the problems and objectives of the example plan, with published counts."""

from __future__ import annotations

from datetime import date

from forestall.evidence.vocabulary import Population, Problem
from forestall.plan.example.texts import texts
from forestall.plan.records import Figure, Indicator, Measured, Objective, PlanProblem
from forestall.plan.vocabulary import Factor

_SOURCE = texts(
    "data.police.uk, Camden, Open Government Licence 3.0; recorded burglaries only, some are never "
    "reported"
)

PROBLEMS = (
    PlanProblem(
        key="home-burglary",
        title=texts(
            "Burglary in terraced streets by the harbour",
            "Cambriolages dans les rues mitoyennes du port",
            "السطو في شوارع البيوت المتلاصقة قرب الميناء",
        ),
        kind=Problem.BURGLARY,
        description=texts(
            "Homes are entered from open rear alleys, mostly on weekday afternoons, and often a "
            "second time within months.",
            "On entre dans les logements par des ruelles ouvertes à l’arrière, surtout "
            "l’après-midi en semaine, et souvent une deuxième fois en quelques mois.",
            "يجري الدخول إلى المساكن من أزقة خلفية مفتوحة، وغالبا في أوقات ما بعد الظهر من أيام "
            "الأسبوع، ويتكرر ذلك في كثير من الأحيان خلال أشهر.",
        ),
        where=texts("Terraced streets with rear alleys in three harbour districts"),
        affected=(Population.RESIDENTS, Population.VICTIMS, Population.WOMEN),
        affected_words=texts(
            "Tenants and older people who live alone, most of them women, and small shops; people "
            "with a disability need to use the alleys."
        ),
        factors=(
            Factor.HOUSING_AND_PLANNING,
            Factor.WORK_AND_POVERTY,
            Factor.TIES,
            Factor.WELFARE,
            Factor.HEALTH_AND_DRUGS,
        ),
        factors_words=texts(
            "Open rear alleys and weak back doors; dark paths; few evening offers and few first "
            "jobs for young people; neighbours who do not know each other; households hit twice "
            "without help. Partners in health saw no change in drug use."
        ),
        figures=(
            Figure(
                said=texts(
                    "2,282 burglaries were recorded in the 12 months to February 2025.",
                    "2 282 cambriolages ont été enregistrés dans les 12 mois jusqu’à février 2025.",
                    "سُجلت 2,282 عملية سطو في الاثني عشر شهرا المنتهية في شباط/فبراير 2025.",
                ),
                value=2282.0,
                unit=texts("recorded burglaries", "cambriolages enregistrés", "عمليات سطو مسجلة"),
                period=texts("March 2024 to February 2025"),
                source=_SOURCE,
            ),
            Figure(
                said=texts("That is 6 % more than a year before; it may still be chance."),
                value=6.0,
                low=-1.0,
                high=14.0,
                unit=texts("per cent more than a year before"),
                period=texts("12 months to February 2025 against the 12 months before"),
                source=_SOURCE,
            ),
        ),
    ),
    PlanProblem(
        key="again-and-again",
        title=texts(
            "Homes that suffer burglary again",
            "Logements cambriolés à nouveau",
            "مساكن تتعرض للسطو مرة أخرى",
        ),
        kind=Problem.BURGLARY,
        description=texts("Some homes are burgled again soon after, and nobody offers help."),
        where=texts("The same three districts"),
        affected=(Population.VICTIMS, Population.FAMILIES),
        affected_words=texts("Households that were burgled, above all tenants without savings."),
        factors=(Factor.HOUSING_AND_PLANNING, Factor.WELFARE),
        factors_words=texts("Repairs come late, and locks are the tenant’s own cost."),
        known_from=texts(
            "Told by victim support and the residents’ council in January 2025; the survey of June "
            "2025 will give a figure."
        ),
    ),
)

OBJECTIVES = (
    Objective(
        key="fewer-burglaries",
        title=texts("Fewer burglaries", "Moins de cambriolages", "عمليات سطو أقل"),
        problems=("home-burglary",),
        indicator=Indicator(
            name=texts(
                "Burglaries recorded in 12 months",
                "Cambriolages enregistrés en 12 mois",
                "عمليات السطو المسجلة في 12 شهرا",
            ),
            unit=texts("burglaries", "cambriolages", "عملية سطو"),
            source=_SOURCE,
            every_months=1,
        ),
        baseline=Measured(on=date(2024, 12, 31), value=2267.0, source=_SOURCE),
        target=1940.0,
        deadline=date(2026, 12, 31),
        measured=(
            Measured(on=date(2025, 1, 31), value=2277.0, source=_SOURCE),
            Measured(on=date(2025, 2, 28), value=2282.0, source=_SOURCE),
        ),
    ),
    Objective(
        key="fewer-again",
        title=texts(
            "Fewer homes burgled again within a year",
            "Moins de logements cambriolés à nouveau dans l’année",
            "مساكن أقل تتعرض للسطو مرة أخرى خلال سنة",
        ),
        problems=("again-and-again", "home-burglary"),
        indicator=Indicator(
            name=texts("Share of burgled homes that were burgled again, by the residents’ survey"),
            unit=texts("per cent of burgled homes"),
            source=texts("Survey of residents, first in June 2025"),
            every_months=12,
        ),
        no_baseline_because=texts(
            "The first survey is in June 2025; the target is set within a month after it."
        ),
        deadline=date(2026, 10, 31),
    ),
)
