"""A provider of identities (OpenID Connect) on this machine, which says of everybody what the test tells it to say."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit


class Provider:
    """``claims`` are those of the next sign-in; ``url`` is the issuer."""

    def __init__(self, port: int) -> None:
        from joserfc.jwk import RSAKey

        self.url = f"http://127.0.0.1:{port}"
        self.claims: dict[str, Any] = {}
        self.key = RSAKey.generate_key(2048, {"kid": "thu", "use": "sig", "alg": "RS256"})
        self.nonces: dict[str, str] = {}

    def answer(self, path: str, asked: dict[str, str]) -> tuple[int, dict[str, Any] | str]:
        """Status with JSON, or with the address to go to."""
        if path == "/.well-known/openid-configuration":
            return 200, {
                "issuer": self.url, "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token", "jwks_uri": f"{self.url}/jwks",
                "response_types_supported": ["code"], "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"], "code_challenge_methods_supported": ["S256"],
            }  # fmt: skip
        if path == "/jwks":
            return 200, {"keys": [self.key.as_dict(private=False)]}
        if path == "/authorize":
            code = f"ma-{len(self.nonces)}"
            self.nonces[code] = asked.get("nonce", "")
            return 302, f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"
        if path == "/token":
            return 200, {"access_token": "x", "token_type": "Bearer", "id_token": self._token(asked["code"])}
        return 404, {}

    def _token(self, code: str) -> str:
        from joserfc import jwt

        moment = int(time.time())
        told = {"iss": self.url, "aud": "congvan", "sub": "1", "iat": moment, "exp": moment + 300,
                "nonce": self.nonces[code]}  # fmt: skip
        return jwt.encode({"alg": "RS256", "kid": "thu"}, told | self.claims, self.key)


@contextmanager
def running() -> Iterator[Provider]:
    """The provider on a port of its own."""
    made: Provider

    class Handler(BaseHTTPRequestHandler):
        def _answer(self, body: str = "") -> None:
            split = urlsplit(self.path)
            asked = {key: values[0] for key, values in parse_qs(body or split.query).items()}
            status, told = made.answer(split.path, asked)
            self.send_response(status)
            if isinstance(told, str):
                self.send_header("Location", told)
                self.end_headers()
                return
            data = json.dumps(told).encode()
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())

        def log_message(self, format: str, *args: Any) -> None:
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made = Provider(server.server_port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield made
    finally:
        server.shutdown()
