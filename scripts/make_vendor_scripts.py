"""This file knows how the scripts of interactive pages are built from their packages.

::

    uv run python scripts/make_vendor_scripts.py

It installs the packages below into a temporary folder with the npm of this machine, joins each into
one classic script by esbuild, and writes the scripts, their licences and ``manifest.json`` into the
package. Classic scripts, because a browser loads no module on a page opened from the file system.
Only needed to renew the scripts; what it makes is in the repository. A test compares the manifest.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import tempfile
from pathlib import Path

VENDOR = Path(__file__).parent.parent / "src/forestall/publication/explore/vendor"
PACKAGES = {
    "vega": "6.4.0",
    "vega-interpreter": "2.3.2",
    "maplibre-gl": "6.17.0",
    "pmtiles": "4.5.0",
    "esbuild": "0.28.2",
}
# Of Vega only what compiled Vega-Lite charts with axes need: no maps, trees, forces or word clouds.
VEGA = """
import {extend} from "vega-util";
import {transforms} from "vega-dataflow";
import * as tx from "vega-transforms";
import * as vtx from "vega-view-transforms";
import * as encode from "vega-encode";
extend(transforms, tx, vtx, encode);
export {View} from "vega-view";
export {parse} from "vega-parser";
export {expressionInterpreter} from "vega-interpreter";
"""
MAPLIBRE = """
export {Map, Marker, addProtocol, setWorkerUrl, setWorkerCount} from "maplibre-gl";
export {PMTiles, Protocol} from "pmtiles";
"""
WORKER = 'import "maplibre-gl/dist/maplibre-gl-worker.mjs";'
# As a worker the file runs; as a script of a page it hands out its own text, because a page opened
# from the file system can start a worker only from text that it already has.
WORKER_HEAD = "(function(){function work(){\n"
WORKER_FOOT = (
    '\n}\nif(typeof document==="undefined")work();'
    'else window.maplibreWorkerText="("+work.toString()+")()";})();'
)


def main() -> None:
    """Install, join, and write scripts, licences and manifest."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "package.json").write_text('{"private": true}', encoding="utf-8")
        named = [f"{name}@{version}" for name, version in PACKAGES.items()]
        _run(folder, "npm", "install", "--no-fund", "--no-audit", "--save-exact", *named)
        inputs = {
            "vega.js": _join(folder, "vega.js", VEGA, "--global-name=vega"),
            "maplibre.js": _join(folder, "maplibre.js", MAPLIBRE, "--global-name=maplibre"),
            "maplibre-worker.js": _join(
                folder, "maplibre-worker.js", WORKER, "--ignore-annotations"
            ),
        }
        worker = VENDOR / "maplibre-worker.js"
        text = worker.read_text(encoding="utf-8")
        worker.write_text(f"{WORKER_HEAD}{text}{WORKER_FOOT}\n", encoding="utf-8")
        manifest = {name: _entry(folder, name, packages) for name, packages in inputs.items()}
        licences = _licences(folder, sorted({name for names in inputs.values() for name in names}))
    (VENDOR / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    (VENDOR / "LICENCES.txt").write_text(licences, encoding="utf-8")


def _run(folder: Path, *command: str) -> None:
    subprocess.run(command, cwd=folder, check=True)


def _join(folder: Path, name: str, entry: str, *flags: str) -> list[str]:
    """Join an entry and what it imports into one script, and return the packages inside."""
    source, told = folder / f"entry-{name}", folder / f"{name}.json"
    source.write_text(entry, encoding="utf-8")
    _run(
        folder,
        "npx",
        "esbuild",
        source.name,
        "--bundle",
        "--format=iife",
        "--minify",
        "--target=es2022",
        "--charset=utf8",
        "--legal-comments=none",
        "--log-level=warning",
        f"--metafile={told.name}",
        f"--outfile={VENDOR / name}",
        *flags,
    )
    outputs = json.loads(told.read_text(encoding="utf-8"))["outputs"]
    (output,) = outputs.values()
    paths = [path for path, part in output["inputs"].items() if part["bytesInOutput"]]
    found = (re.match(r"node_modules/((?:@[^/]+/)?[^/]+)/", path) for path in paths)
    return sorted({match[1] for match in found if match})


def _entry(folder: Path, name: str, packages: list[str]) -> dict[str, object]:
    content = (VENDOR / name).read_bytes()
    return {
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "made_with": f"esbuild {PACKAGES['esbuild']}",
        "packages": {
            package: {"version": about["version"], "licence": about["license"]}
            for package in packages
            for about in [_about(folder, package)]
        },
    }


def _about(folder: Path, package: str) -> dict[str, str]:
    path = folder / "node_modules" / package / "package.json"
    about: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return about


def _licences(folder: Path, packages: list[str]) -> str:
    """Return the licence of each package, those of one wording together."""
    found: dict[str, list[str]] = {}
    for package in packages:
        texts = sorted((folder / "node_modules" / package).glob("LICEN[CS]E*"))
        text = texts[0].read_text(encoding="utf-8").strip() if texts else ""
        about = _about(folder, package)
        if not text:
            text = f"{about['license']} (the package brings no text)"
        found.setdefault(text, []).append(f"{package} {about['version']}")
    parts = ["\n".join([*names, "", text]) for text, names in found.items()]
    return ("\n\n" + "-" * 80 + "\n\n").join(parts) + "\n"


if __name__ == "__main__":
    main()
