"""Signing in by a provider of identities (OpenID Connect), through Streamlit's ``st.login``.

Set up in ``.streamlit/secrets.toml`` under ``[auth]`` (docs/huong-dan.md).  The provider says who somebody is; what
they may do is said by the account of that name in the archive, which an administrator made before.  Nobody gets an
account by signing in.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import streamlit as st

from pipeline.store.archive import Archive

if TYPE_CHECKING:
    from pipeline.ui.sign_ins import SignIn, SignIns

NOT_SET_UP = "Dịch vụ đăng nhập của cơ quan chưa được cài đặt."


def claim() -> str:
    """The claim that holds the account's name: ``CONGVAN_OIDC_CLAIM``, else the e-mail address."""
    return os.environ.get("CONGVAN_OIDC_CLAIM") or "email"


def available() -> bool:
    """Whether a provider is set up."""
    return bool(st.secrets.load_if_toml_exists()) and "auth" in st.secrets


def name() -> str:
    """What the button calls the provider: ``CONGVAN_OIDC_NAME``, else "tài khoản cơ quan"."""
    return os.environ.get("CONGVAN_OIDC_NAME") or "tài khoản cơ quan"


def signed_in() -> bool:
    """Whether the provider's cookie is there."""
    return available() and bool(getattr(st.user, "is_logged_in", False))


def identity() -> tuple[str, float] | None:
    """The account's name and when the provider said so (seconds), None when it says nothing that can be trusted.

    An e-mail address that the provider has not verified names nobody.
    """
    if not signed_in():
        return None
    told: dict[str, Any] = dict(st.user.to_dict())
    named, given_at = told.get(claim()), told.get("iat")
    if claim() == "email" and told.get("email_verified") is False:
        return None
    if not isinstance(named, str) or not named.strip() or not isinstance(given_at, int | float):
        return None
    return named.strip(), float(given_at)


def sign_in(archive: Archive, sign_ins: SignIns) -> SignIn | None:
    """A sign-in for whom the provider names, when that account may be used and has not signed out since."""
    told = identity()
    found = archive.account(told[0]) if told else None
    if told is None or found is None or not sign_ins.accepts(found.name, told[1]):
        return None
    return sign_ins.begin(found.name)


def refused() -> str | None:
    """Whom the provider named without an account standing behind, for the sign-in page to say; else None."""
    told = identity()
    return told[0] if told else None
