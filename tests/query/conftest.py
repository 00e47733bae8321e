"""This file knows the PostgreSQL server that shared expressions are tested on."""

import ibis
import pytest


@pytest.fixture(scope="session")
def postgresql():
    try:
        connection = ibis.postgres.connect(
            host="127.0.0.1", port=5432, user="postgres", database="test", connect_timeout=3
        )
    except Exception as reason:  # noqa: BLE001  # whatever the driver raises, there is no server
        pytest.skip(f"No PostgreSQL server on 127.0.0.1:5432: {type(reason).__name__}")
    yield connection
    connection.disconnect()
