"""This file knows how the script of the workspace is taken from its package.

::

    uv run python scripts/make_workspace_scripts.py

It installs htmx into a temporary folder with the npm of this machine, and copies the script as it
was published, with its licence and a manifest. Only needed to renew it; a test compares the
manifest.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

STATIC = Path(__file__).parent.parent / "src/forestall/web/design/static/forestall"
PACKAGE, VERSION = "htmx.org", "2.0.11"


def main() -> None:
    """Install, copy, and write the licence and the manifest."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "package.json").write_text('{"private": true}', encoding="utf-8")
        subprocess.run(
            ["npm", "install", "--no-fund", "--no-audit", f"{PACKAGE}@{VERSION}"],
            cwd=folder,
            check=True,
        )
        source = folder / "node_modules" / PACKAGE
        shutil.copyfile(source / "dist" / "htmx.min.js", STATIC / "htmx.min.js")
        shutil.copyfile(source / "LICENSE", STATIC / "htmx.LICENCE.txt")
        about = json.loads((source / "package.json").read_text(encoding="utf-8"))
    content = (STATIC / "htmx.min.js").read_bytes()
    manifest = {
        "htmx.min.js": {
            "sha256": hashlib.sha256(content).hexdigest(),
            "bytes": len(content),
            "packages": {PACKAGE: {"version": about["version"], "licence": about["license"]}},
        }
    }
    (STATIC / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
