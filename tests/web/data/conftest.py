"""This file knows the files and stores that the tests on data share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from forestall.records import import_incidents
from forestall.web.data.folders import store_folder
from forestall.web.data.models import Store
from forestall.web.organisations.roles import Role

CLEVELAND = Path("examples/cleveland")
JANUARY = CLEVELAND / "2019-01" / "2019-01-cleveland-street.csv"
HEAD = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context\n"
)


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    """A folder of its own for the files of each test."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.MEDIA_ROOT.mkdir()
    settings.INBOX = None
    return settings.MEDIA_ROOT


@pytest.fixture
def store(city, people):
    """A store of the city without incidents."""
    return Store.objects.create(
        jurisdiction=city, name="Recorded crime", made_by=people[Role.ANALYST]
    )


@pytest.fixture(scope="session")
def cleveland_store(tmp_path_factory):
    """The five months of Cleveland, imported once."""
    folder = tmp_path_factory.mktemp("cleveland") / "store"
    import_incidents(CLEVELAND, store=folder)
    return folder


@pytest.fixture
def full_store(store, cleveland_store):
    """A store of the city with the five months of Cleveland."""
    shutil.copytree(cleveland_store, store_folder(store))
    return store


@pytest.fixture
def signed_in(client, people):
    """Return a way to become somebody of the city."""

    def become(role: Role):
        client.force_login(people[role])
        return client

    return become


def street(*rows: str) -> str:
    """Return a small street-level file: each row is a month, a point and a kind."""
    made = []
    for number, row in enumerate(rows):
        month, longitude, latitude, kind = row.split(",")
        made.append(
            f"{number:064x},{month},Cleveland Police,Cleveland Police,{longitude},{latitude},"
            f"On or near High Street,E01011949,Hartlepool 009A,{kind},,\n"
        )
    return HEAD + "".join(made)


STREET = street(
    "2019-01,-1.235,54.575,Burglary",
    "2019-01,-1.236,54.574,Burglary",
    "2019-02,-1.237,54.573,Robbery",
    "2019-02,,,Robbery",
)


def upload(client, store, *given: tuple[str, bytes | str], **more):
    """Bring files to a store as a browser does."""
    files = [
        SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
        for name, content in given
    ]
    return client.post(reverse("store", args=[store.pk]), {"files": files, **more}, follow=True)
