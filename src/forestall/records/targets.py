"""This file knows how an address becomes a key that nobody without the secret can turn back.

The key file lies outside every store, so that a store can be handed on without it: whoever has
only the store can count repeats at one target but cannot test whether an address is among them.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path
from typing import Any

import pyarrow as pa

from forestall.errors import InvalidFile
from forestall.languages import message

KEY_FILE_VARIABLE = "FORESTALL_TARGET_KEY_FILE"
_KEY_BYTES = 32
_BATCH = 200_000


def key_file() -> Path:
    """Return where the secret key is kept, which the environment can change."""
    named = os.environ.get(KEY_FILE_VARIABLE)
    if named:
        return Path(named)
    home = os.environ.get("XDG_CONFIG_HOME")
    return (Path(home) if home else Path.home() / ".config") / "forestall" / "target.key"


def read_key(path: Path) -> bytes:
    """Return the secret key; a new one is made where there is none.

    Raises
    ------
    InvalidFile
        If the file is no such key, or others than its owner may read it.
    """
    try:
        handle = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return _make_key(path)
    with os.fdopen(handle, "rb") as stream:
        key = stream.read()
        mode = os.fstat(stream.fileno()).st_mode
    if len(key) != _KEY_BYTES:
        raise InvalidFile(
            message(
                "A target key has {key_bytes} bytes, but “{path}” has {count}.",
                key_bytes=_KEY_BYTES,
                path=str(path),
                count=len(key),
            )
        )
    if os.name == "posix" and mode & 0o077:
        raise InvalidFile(
            message("Others may read the target key; run: chmod 600 “{path}”.", path=str(path))
        )
    return key


def target_key(text: str, *, key: bytes, kind: str) -> str:
    """Return the keyed hash of a text: 32 hexadecimal digits of its HMAC-SHA256.

    Upper and lower case and repeated spaces make no difference. ``kind`` keeps the same text
    in two columns apart.

    Examples
    --------
    >>> one = target_key("12 High Street", key=b"x" * 32, kind="target")
    >>> one == target_key("12  HIGH street ", key=b"x" * 32, kind="target"), len(one)
    (True, 32)
    """
    plain = f"{kind}\x1f{' '.join(text.casefold().split())}"
    return hmac.new(key, plain.encode(), hashlib.sha256).hexdigest()[:32]


def hash_texts(connection: Any, column: str, *, kind: str) -> None:
    """Make the table ``<kind>_keys`` (text, key) of the texts in a column of ``staged``."""
    connection.execute(f"CREATE OR REPLACE TABLE {kind}_keys (text VARCHAR, key VARCHAR)")
    reader = connection.cursor().execute(
        f"SELECT DISTINCT {column} FROM staged WHERE {column} IS NOT NULL"
    )
    key: bytes | None = None
    for batch in reader.to_arrow_reader(_BATCH):
        if batch.num_rows and key is None:
            key = read_key(key_file())
        texts = batch.column(0).to_pylist()
        hashed = [target_key(text, key=key or b"", kind=kind) for text in texts]
        connection.register("hashed", pa.table({"text": texts, "key": hashed}))
        connection.execute(f"INSERT INTO {kind}_keys SELECT * FROM hashed")
        connection.unregister("hashed")


def _make_key(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = secrets.token_bytes(_KEY_BYTES)
    draft = path.with_name(f".{path.name}-{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(key)
        stream.flush()
        os.fsync(stream.fileno())
    try:
        # A link fails when another process made the key first; then that key counts.
        os.link(draft, path)
    except FileExistsError:
        return read_key(path)
    finally:
        draft.unlink()
    return key
