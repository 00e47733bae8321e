"""This file knows how the packaged schema of a plan's file is made from its records.

::

    uv run python scripts/make_plan_schema.py
"""

from __future__ import annotations

import json
from pathlib import Path

from forestall.plan.schema import schema_of_records

FILE = Path(__file__).parent.parent / "src" / "forestall" / "plan" / "plan.schema.json"


def written_schema() -> str:
    """Return the text of the file."""
    return json.dumps(schema_of_records(), ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    """Write the file."""
    FILE.write_text(written_schema(), encoding="utf-8")
    print(f"{FILE.name} written.")


if __name__ == "__main__":
    main()
