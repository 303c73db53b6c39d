"""Who calls, and whether they may: keys, scopes, rates, and no strangers while there is no key."""

from __future__ import annotations

import base64
import binascii
import threading
import time
from dataclasses import dataclass, field
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import Depends, Request

from pipeline.api.errors import KeyUnknown, OriginRefused, ScopeMissing, TooManyRequests
from pipeline.api.jobs import Jobs
from pipeline.api.ledger import SCOPES, ApiKey, Ledger
from pipeline.store.actors import Actor, Role
from pipeline.store.archive import Archive

LOOPBACK = ("127.0.0.1", "localhost", "::1")
_LOCAL_PER_MINUTE = 6000
_CALLERS = 10_000


@dataclass(slots=True)
class Settings:
    """``largest`` bytes of a request; files up to ``small`` bytes are read while the caller waits, ``patience``
    seconds at most; ``origins`` are the web pages that may call (none)."""

    largest: int = 50 * 1024 * 1024
    small: int = 512 * 1024
    patience: float = 30.0
    workers: int = 2
    waiting: int = 32
    origins: tuple[str, ...] = ()


@dataclass(slots=True)
class Service:
    """What the routes share; ``request.app.state.service``."""

    archive: Archive
    ledger: Ledger
    jobs: Jobs
    settings: Settings
    _buckets: dict[str, tuple[float, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def spend(self, caller: str, per_minute: int) -> None:
        """One request of a caller's bucket, refilled evenly; raises ``TooManyRequests``."""
        moment = time.monotonic()
        with self._lock:
            if len(self._buckets) > _CALLERS:
                self._buckets.clear()
            left, last = self._buckets.get(caller, (float(per_minute), moment))
            left = min(float(per_minute), left + (moment - last) * per_minute / 60)
            self._buckets[caller] = (max(left - 1, 0.0) if left >= 1 else left, moment)
        if left < 1:
            raise TooManyRequests(seconds=max(1, round((1 - left) * 60 / per_minute)))


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls; ``key`` is None on this machine while no key was ever given."""

    service: Service
    actor: Actor
    key: ApiKey | None

    @property
    def id(self) -> str:
        return self.key.id if self.key else "may-nay"

    @property
    def archive(self) -> Archive:
        return self.service.archive

    def needs(self, scope: str) -> None:
        """Raise ``ScopeMissing`` unless the key has the scope."""
        if self.key is not None and scope not in self.key.scopes:
            raise ScopeMissing(name=self.key.name, scope=scope)


def service_of(request: Request) -> Service:
    """The application's service."""
    found: Service = request.app.state.service
    return found


def _token(request: Request) -> str | None:
    """The key in Authorization (Bearer, or Basic as calendars send it: the key is the password) or X-API-Key."""
    kind, _, value = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return value.strip()
    if kind.lower() == "basic":
        try:
            return base64.b64decode(value.strip(), validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError) as error:
            raise KeyUnknown() from error
    return request.headers.get("x-api-key")


def caller(request: Request) -> Caller:
    """Who calls; raises ``KeyUnknown``, ``OriginRefused``, ``TooManyRequests``."""
    service = service_of(request)
    token = _token(request)
    address = request.client.host if request.client else "?"
    if token or service.ledger.protected():
        try:
            key = service.ledger.identify(token or "")
        except KeyUnknown:
            service.spend(f"wrong:{address}", 60)  # guessing is slow
            raise
        service.spend(key.id, key.per_minute)
        return Caller(service, key.actor, key)
    # Without keys only programs of this machine may call: not a page of another site in this machine's browser
    # (Origin), nor one that gave its own name the address 127.0.0.1 (Host).
    host = urlsplit(f"//{request.headers.get('host', '')}").hostname
    origin = request.headers.get("origin")
    foreign = (
        origin is not None and origin not in service.settings.origins and origin != str(request.base_url).rstrip("/")
    )
    if host not in (*LOOPBACK, "testserver") or foreign:
        raise OriginRefused()
    service.spend("may-nay", _LOCAL_PER_MINUTE)
    return Caller(service, Actor("api:máy này", Role.CLERK), None)


def _with(scope: str) -> Any:
    assert scope in SCOPES

    def allowed(found: Annotated[Caller, Depends(caller)]) -> Caller:
        found.needs(scope)
        return found

    return allowed


Reader = Annotated[Caller, Depends(_with("read"))]
Writer = Annotated[Caller, Depends(_with("write"))]
Exporter = Annotated[Caller, Depends(_with("export"))]
