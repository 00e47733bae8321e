"""This file knows the engines beside DuckDB that shared expressions are tested on.

An engine is given to a test as a function that stores rows there and returns the table. Spark
needs Java and an environment of its own, because it is large::

    UV_PROJECT_ENVIRONMENT=.venv-spark uv run --extra spark pytest tests/query -m spark
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import ibis
import pyarrow.parquet as pq
import pytest

OLDEST_JAVA = 17
# What Ibis 12 and PySpark 4.0 do inside, and no test of ours can change.
SPARK_WARNINGS = [
    # Both ask pandas 3 for what pandas 4 will not have.
    "ignore:The 'future.infer_string' option is deprecated:DeprecationWarning:ibis.formats.pandas",
    "ignore:The copy keyword is deprecated:DeprecationWarning:pyspark.sql.pandas",
    # PySpark leaves the socket on which rows come from Java to the garbage collector.
    "ignore:unclosed <socket.socket:ResourceWarning",
]


@pytest.fixture(
    scope="session",
    params=[
        pytest.param("on_postgresql", marks=pytest.mark.postgres),
        pytest.param(
            "on_spark",
            marks=[
                pytest.mark.spark,
                *(pytest.mark.filterwarnings(each) for each in SPARK_WARNINGS),
            ],
        ),
    ],
)
def on_another_engine(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def on_postgresql():
    try:
        connection = ibis.postgres.connect(
            host="127.0.0.1", port=5432, user="postgres", database="test", connect_timeout=3
        )
    except Exception as reason:  # noqa: BLE001  # whatever the driver raises, there is no server
        pytest.skip(f"No PostgreSQL server on 127.0.0.1:5432: {type(reason).__name__}")

    def stored(rows):
        return connection.create_table(ibis.util.gen_name("rows"), rows, temp=True)

    yield stored
    connection.disconnect()


@pytest.fixture(scope="session")
def on_spark(tmp_path_factory):
    pytest.importorskip("pyspark", reason="PySpark (the spark extra) is not installed.")
    if (java := java_version()) < OLDEST_JAVA:
        found = f"version {java}" if java else "none"
        pytest.skip(f"Spark needs Java {OLDEST_JAVA} or later; found {found}.")
    folder = tmp_path_factory.mktemp("spark")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        connection = ibis.pyspark.connect(spark_session(folder))

        def stored(rows):
            file = folder / f"{ibis.util.gen_name('rows')}.parquet"
            pq.write_table(rows, file)
            return connection.read_parquet(file)

        yield stored
        connection.disconnect()


def spark_session(folder):
    """Return two threads of Spark that write into one folder and talk to this machine only."""
    from pyspark.sql import SparkSession

    quiet = folder / "log4j2.properties"
    quiet.write_text("rootLogger.level = off\n", encoding="utf-8")
    # Small queries run once: the quick compiler of Java is enough.
    java = f"-Dlog4j2.configurationFile={quiet.as_uri()} -XX:TieredStopAtLevel=1"
    settings = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.extraJavaOptions": java,
        "spark.driver.host": "127.0.0.1",
        "spark.local.dir": str(folder),
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    return SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()


def java_version():
    """Return the number of the Java that Spark would start, 0 if there is none."""
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin/java") if home else shutil.which("java")
    if java is None or not shutil.which(java):
        return 0
    said = subprocess.run([java, "-version"], check=False, capture_output=True, text=True).stderr
    version = re.search(r'version "(?:1\.)?(\d+)', said)
    return int(version[1]) if version else 0
