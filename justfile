# Short names for what is done often; `uvx --from rust-just just` runs it without installing just.

# Everything that must hold before a change is shared: format, lint, types, imports, tests, docs.
check:
    .ci/run

# Ask the pages on methods again how often a method errs; it takes minutes more, before a release.
long:
    uv run pytest -m long

# Put the code into the house's form.
tidy:
    uv run ruff format
    uv run ruff check --fix

# Build the documentation into docs/_build/html.
docs:
    uv run python scripts/make_norms.py
    uv run python -m scripts.make_access
    uv run python scripts/make_command_line.py
    uv run --group docs sphinx-build -W --keep-going -b html -d docs/_build/doctrees docs docs/_build/html

# Time the main job and its parts against their peers; the London files are not in the repository.
bench data:
    uv run python benchmarks/london_report.py --data {{ data }}/incidents
    uv run python benchmarks/import_speed.py --data {{ data }}
    uv run python benchmarks/counting_speed.py {{ data }}/incidents/london_met_burglary_2010-12_2025-02.parquet
    uv run python benchmarks/point_in_polygon.py {{ data }}/incidents/london_lsoa21_boundaries.parquet
    uv run python benchmarks/hotspots_speed.py
    uv run python benchmarks/emerging_speed.py
    uv run python benchmarks/near_repeats_speed.py
    uv run python benchmarks/density_speed.py
    uv run python benchmarks/permutation_speed.py
    uv run python benchmarks/randomisation_speed.py
    uv run python benchmarks/disclosure_speed.py
    uv run python benchmarks/publish_speed.py
    uv run python benchmarks/first_view.py
    uv run python benchmarks/evidence_search.py

# Build the scripts of interactive pages and of the workspace again from their packages; needs Node.
scripts:
    uv run python scripts/make_vendor_scripts.py
    uv run python scripts/make_workspace_scripts.py

# Write the template that translators start from.
sentences:
    uv run python scripts/extract_sentences.py messages.pot

# Write the exact versions of all packages into pyproject.toml and requirements.lock.
pins:
    uv run python scripts/pin_versions.py

# Cut the examples again from the publishers' files.
examples folder:
    uv run python scripts/make_examples.py --data {{ folder }}

# Take the picture of the report that the README shows.
picture:
    uv run forestall diagnose examples/cleveland -o report
    uv run python scripts/picture.py report/index.html docs/images/report.png
