"""This file knows how the packaged schemas of questionnaires and replies are made.

::

    uv run python scripts/make_questionnaire_schemas.py
"""

from __future__ import annotations

import json
from pathlib import Path

from forestall.questionnaires.schema import SchemaKind, schema_of_records

FOLDER = Path(__file__).parent.parent / "src" / "forestall" / "questionnaires"


def written_schema(kind: SchemaKind) -> str:
    """Return the text of a file."""
    return json.dumps(schema_of_records(kind), ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    """Write the files."""
    for kind in SchemaKind:
        file = FOLDER / f"{kind.value}.schema.json"
        file.write_text(written_schema(kind), encoding="utf-8")
        print(f"{file.name} written.")


if __name__ == "__main__":
    main()
