"""This file knows the SDMX structure of the indicators: dimensions, attributes and code lists."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from forestall.publication.tables.observations import (
    MONTHLY,
    NOT_APPLICABLE,
    NOT_CLASSIFIED,
    TOTAL,
    WHOLE_PERIOD,
)
from forestall.publication.tables.texts import without_impossible
from forestall.records.offences import CLASSIFICATION, iccs_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pysdmx.model import Codelist, ConceptScheme, DataStructureDefinition
    from pysdmx.model.dataflow import Component, Dataflow, Schema

    from forestall.publication.tables.observations import Observations

AGENCY, VERSION = "FORESTALL", "1.0.0"
FLOW, STRUCTURE, CONCEPTS = "DF_RECORDED_CRIME", "DSD_RECORDED_CRIME", "CS_RECORDED_CRIME"
DIMENSIONS = ("FREQ", "REF_AREA", "ICCS", "OFFENCE", "INDICATOR", "TIME_PERIOD")
MEASURE = "OBS_VALUE"
# Attribute to what it is attached to: "O" is the observation, otherwise dimensions.
ATTRIBUTES = {
    "UNIT_MEASURE": "O",
    "OBS_STATUS": "O",
    "CONF_STATUS": "O",
    "DECIMALS": "O",
    "OFFENCE_LABEL": "O",
    "COMMENT_OBS": "O",
}
_OPTIONAL = {"OFFENCE_LABEL", "COMMENT_OBS"}
_NEVER_ADDED = (
    "Several kinds of a publisher may have one ICCS code. They are apart by OFFENCE and are not "
    "added up here: a sum could tell a hidden number, and one incident may be in several kinds."
)

_CONCEPTS = {
    "FREQ": "Frequency",
    "REF_AREA": "Reference area",
    "ICCS": f"Category of {CLASSIFICATION}",
    "OFFENCE": "Kind of offence as the publisher of the records names it",
    "INDICATOR": "What is measured",
    "TIME_PERIOD": "Time period",
    "OBS_VALUE": "Value; empty where it is hidden or missing",
    "UNIT_MEASURE": "Unit of measure",
    "OBS_STATUS": "Observation status",
    "CONF_STATUS": "Confidentiality status",
    "DECIMALS": "Decimals of the value as published",
    "OFFENCE_LABEL": "Label of the kind, letter by letter as published",
    "COMMENT_OBS": "Comment",
}
_FREQUENCIES = {MONTHLY: "Monthly", WHOLE_PERIOD: "Other: the whole period of the records"}
_INDICATORS = {
    "INCIDENTS": "Incidents recorded",
    "RATE": "Incidents by population",
    "RATE_LOW": "Incidents by population, lower end of the 95 % interval",
    "RATE_HIGH": "Incidents by population, upper end of the 95 % interval",
    "POPULATION": "People, households or whatever the rate is per",
}
_OBS_STATUS = {
    "A": "Normal value",
    "U": "Low reliability",
    "O": "Missing value",
    "Q": "Missing value; suppressed",
}
_CONF_STATUS = {
    "F": "Free (free for publication)",
    "C": "Confidential statistical information",
    "D": "Secondary confidentiality set by the sender, not for publication",
}
_TOTALS = {TOTAL: "All kinds in the records that count as crime", NOT_APPLICABLE: "Not applicable"}


def code_names(found: Observations) -> dict[str, Mapping[str, str]]:
    """Return the codes of each component with their names; only those that are used, in order."""
    names: dict[str, Mapping[str, str]] = {
        "FREQ": _FREQUENCIES,
        "REF_AREA": found.areas.names,
        "ICCS": {**_TOTALS, NOT_CLASSIFIED: "No one category", **_categories(found)},
        "OFFENCE": {**_TOTALS, **found.offences.names},
        "INDICATOR": _INDICATORS,
        "UNIT_MEASURE": found.units,
        "OBS_STATUS": _OBS_STATUS,
        "CONF_STATUS": _CONF_STATUS,
    }
    return {
        component: _used(codes, {row[component] for row in found.rows})
        if component in DIMENSIONS
        else codes
        for component, codes in names.items()
    }


def structures(found: Observations) -> list[Any]:
    """Return code lists, concepts, structure and data flow: all that a reader needs."""
    lists = _code_lists(found)
    concepts = _concepts()
    structure = _structure(lists)
    return [*lists.values(), concepts, structure, _flow(structure)]


def schema(found: Observations) -> Schema:
    """Return the structure by which a table is written, with values as they are published.

    The value is a text in it, so that no digit is added or lost on the way.
    """
    from pysdmx.model import DataType
    from pysdmx.model.dataflow import Components, Schema

    parts = _components(_code_lists(found), value=DataType.STRING)
    return Schema(
        context="dataflow",
        agency=AGENCY,
        id=FLOW,
        version=VERSION,
        components=Components(parts),
        generated=_NO_MOMENT,
    )


_NO_MOMENT = datetime(1980, 1, 1, tzinfo=UTC)


def structure_message(found: Observations, *, prepared: datetime = _NO_MOMENT) -> str:
    """Write the structure as SDMX-ML 3.0."""
    from pysdmx.io.xml.sdmx30.writer.structure import write
    from pysdmx.model import Organisation
    from pysdmx.model.message import Header

    header = Header(id=STRUCTURE, prepared=prepared, sender=Organisation(id=AGENCY))
    text = write(structures(found), header=header)
    assert text is not None
    return text


def _categories(found: Observations) -> dict[str, str]:
    codes = sorted({row["ICCS"] for row in found.rows if row["ICCS"].startswith("ICCS")})
    return {code: iccs_title(code.removeprefix("ICCS")) or code for code in codes}


def _used(codes: Mapping[str, str], used: Iterable[str]) -> dict[str, str]:
    known = set(used)
    return {code: name for code, name in codes.items() if code in known}


def _code_lists(found: Observations) -> dict[str, Codelist]:
    from pysdmx.model import Code, Codelist

    return {
        component: Codelist(
            id=f"CL_{component}",
            name=_CONCEPTS[component],
            agency=AGENCY,
            version=VERSION,
            items=[Code(id=code, name=_name(name, code)) for code, name in codes.items()],
        )
        for component, codes in code_names(found).items()
    }


def _name(name: str, code: str) -> str:
    return without_impossible(name).strip() or code


def _concepts() -> ConceptScheme:
    from pysdmx.model import Concept, ConceptScheme

    return ConceptScheme(
        id=CONCEPTS,
        name="Concepts of recorded crime",
        agency=AGENCY,
        version=VERSION,
        items=[Concept(id=one, name=name) for one, name in _CONCEPTS.items()],
    )


def _structure(lists: Mapping[str, Codelist]) -> DataStructureDefinition:
    from pysdmx.model import DataStructureDefinition, DataType
    from pysdmx.model.dataflow import Components

    return DataStructureDefinition(
        id=STRUCTURE,
        name="Recorded crime",
        description=_NEVER_ADDED,
        agency=AGENCY,
        version=VERSION,
        components=Components(_components(lists, value=DataType.DECIMAL)),
    )


def _flow(structure: DataStructureDefinition) -> Dataflow:
    from pysdmx.model.dataflow import Dataflow

    return Dataflow(
        id=FLOW, name="Recorded crime", agency=AGENCY, version=VERSION, structure=structure
    )


def _components(lists: Mapping[str, Codelist], *, value: Any) -> list[Component]:
    from pysdmx.model import DataType
    from pysdmx.model.dataflow import Component, Role

    def made(name: str, role: Role, **more: Any) -> Component:
        kind = {"TIME_PERIOD": DataType.PERIOD, "DECIMALS": DataType.INTEGER, MEASURE: value}
        return Component(
            id=name,
            role=role,
            concept=_concept(name),
            local_dtype=kind.get(name, DataType.STRING),
            local_codes=lists.get(name),
            **more,
        )

    return [
        *(made(name, Role.DIMENSION, required=True) for name in DIMENSIONS),
        made(MEASURE, Role.MEASURE, required=False),
        *(
            made(name, Role.ATTRIBUTE, required=name not in _OPTIONAL, attachment_level=level)
            for name, level in ATTRIBUTES.items()
        ),
    ]


def _concept(name: str) -> Any:
    from pysdmx.model import ItemReference

    return ItemReference(
        sdmx_type="Concept", agency=AGENCY, id=CONCEPTS, version=VERSION, item_id=name
    )
