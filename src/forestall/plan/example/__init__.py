"""This folder knows two plans of a town that does not exist, to look at and to test with.

Port Alder, its partners and its money are invented. The burglary counts are those published for
the London Borough of Camden (data.police.uk, Open Government Licence 3.0). It is marked as a
demonstration wherever it is shown.
"""

from forestall.plan.example.followed import example_followed_plan
from forestall.plan.example.plan import example_plan

__all__ = ["example_followed_plan", "example_plan"]
