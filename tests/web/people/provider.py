"""This file knows a small provider of OpenID Connect, that answers on this machine in a thread.

It has one person at a time and asks nobody for a password: whoever comes is that person. What a
bad provider would do wrong can be chosen.
"""

from __future__ import annotations

import json
import secrets
import threading
import time
from base64 import b64decode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "forestall", "a secret between the two"
KEY_NAME = "key-1"


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65_537, key_size=2048)


class Provider:
    """A provider with one client.

    Attributes
    ----------
    person
        What the provider says of whoever comes: ``sub``, ``email``, ``email_verified``.
    changed
        What stands in the token in place of what should.
    signs_with, algorithm
        The key of the signature; the one that is published unless a test changes it.
    """

    def __init__(self) -> None:
        self.published = self.signs_with = new_key()
        self.algorithm: str = "RS256"
        self.person: dict[str, Any] = {}
        self.changed: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    def token_for(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 60,
            "nonce": asked.get("nonce", ""),
            **self.person,
            **self.changed,
        }
        key: Any = "" if self.algorithm == "none" else self.signs_with
        return jwt.encode(claims, key, algorithm=self.algorithm, headers={"kid": KEY_NAME})

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.published.public_key()))
        return {"keys": [{**public, "kid": KEY_NAME, "alg": "RS256", "use": "sig"}]}

    def described(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        }

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *args: Any) -> None:
                pass

            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                if parts.path == "/.well-known/openid-configuration":
                    self.tell(provider.described())
                elif parts.path == "/keys":
                    self.tell(provider.keys())
                elif parts.path == "/userinfo":
                    bearer = self.headers.get("Authorization", "").startswith("Bearer ")
                    self.tell(provider.person, status=200 if bearer else 401)
                elif parts.path == "/authorize":
                    asked = {name: value[0] for name, value in parse_qs(parts.query).items()}
                    assert asked["client_id"] == CLIENT
                    assert "openid" in asked["scope"].split()
                    code = secrets.token_urlsafe(8)
                    provider.codes[code] = asked
                    back = urlencode({"code": code, "state": asked["state"]})
                    self.send_response(302)
                    self.send_header("Location", f"{asked['redirect_uri']}?{back}")
                    self.end_headers()
                else:
                    self.tell({}, status=404)

            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                sent = {k: v[0] for k, v in parse_qs(self.rfile.read(length).decode()).items()}
                asked = provider.codes.pop(sent.get("code", ""), None)
                kind, _, given = self.headers.get("Authorization", "").partition(" ")
                name, _, secret = b64decode(given).decode().partition(":")
                known = kind == "Basic" and (unquote(name), unquote(secret)) == (CLIENT, SECRET)
                if self.path != "/token" or asked is None or not known:
                    self.tell({"error": "invalid_grant"}, status=400)
                    return
                token = provider.token_for(asked)
                self.tell({"access_token": "x", "token_type": "Bearer", "id_token": token})

            def tell(self, content: dict[str, Any], *, status: int = 200) -> None:
                body = json.dumps(content).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        return Handler

    def __enter__(self) -> Provider:
        self.thread.start()
        return self

    def __exit__(self, *args: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
