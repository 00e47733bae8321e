"""This file knows the keys that sign bundles (Ed25519, RFC 8032), and how people compare them."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from forestall.errors import InvalidBundle, InvalidOutput
from forestall.languages import message

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

# Says what is signed, so that a signature made for something else is never one of a bundle.
_MEANT = b"forestall bundle 1\n"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def write_key(path: str | os.PathLike[str]) -> str:
    """Make a new secret key, write it into a file that only its owner reads, return the public one.

    Raises
    ------
    InvalidOutput
        If the file is there already, or cannot be written.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     public = write_key(Path(folder) / "key.pem")
    ...     public == public_key_of(read_key(Path(folder) / "key.pem"))
    True
    """
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    secret, file = Ed25519PrivateKey.generate(), Path(path)
    written = secret.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(written)
    except FileExistsError:
        raise InvalidOutput(
            message("“{name}” is there already; name a new file.", name=file.name)
        ) from None
    except OSError as wrong:
        reason = (wrong.strerror or "no such folder").lower()
        raise InvalidOutput(
            message("{name} cannot be written: {reason}.", name=file.name, reason=reason)
        ) from None
    return public_key_of(secret)


def read_key(path: str | os.PathLike[str]) -> Ed25519PrivateKey:
    """Read a secret key from its file.

    Raises
    ------
    InvalidBundle
        If the file cannot be read, others may read it too, or it holds no such key.
    """
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    file = Path(path)
    try:
        with file.open("rb") as stream:
            is_open = os.name == "posix" and os.fstat(stream.fileno()).st_mode & _OTHERS
            written = stream.read(10_000)
    except OSError as wrong:
        reason = (wrong.strerror or "no such file").lower()
        raise InvalidBundle(
            message("{name} cannot be read: {reason}.", name=file.name, reason=reason)
        ) from None
    if is_open:
        raise InvalidBundle(
            message(
                "Others can read the secret key in {name}; allow it to its owner only (chmod 600).",
                name=file.name,
            )
        )
    try:
        secret = serialization.load_pem_private_key(written, password=None)
    except (ValueError, TypeError):
        secret = None
    if not isinstance(secret, Ed25519PrivateKey):
        raise InvalidBundle(message("{name} holds no key that signs bundles.", name=file.name))
    return secret


def public_key_of(secret: Ed25519PrivateKey) -> str:
    """Return the public key in hexadecimal digits."""
    return secret.public_key().public_bytes_raw().hex()


def signature_of(manifest: bytes, secret: Ed25519PrivateKey) -> bytes:
    """Return the signature of a manifest; 64 bytes."""
    return secret.sign(_MEANT + manifest)


def is_signed(manifest: bytes, signature: bytes, public_key: str) -> bool:
    """Say whether a signature was made over a manifest with the secret of a public key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(signature, _MEANT + manifest)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint_of(public_key: str) -> str:
    """Return what people compare on the telephone: 32 digits in groups of four.

    Examples
    --------
    >>> fingerprint_of("00" * 32)
    '6668 7aad f862 bd77 6c8f c18b 8e9f 8e20'
    """
    digits = hashlib.sha256(bytes.fromhex(public_key)).hexdigest()[:32]
    return " ".join(digits[at : at + 4] for at in range(0, 32, 4))
