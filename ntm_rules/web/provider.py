"""Signing in at a provider of one's own office (OpenID Connect), where the settings name one: who it is, and nothing else.

The provider says who somebody is; which account that is, an administrator has set. No account is made by it and no role
is taken from what it says. Authlib speaks to it, joserfc holds its signature: the extra `oidc`.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from ntm_rules.errors import NtmError
from ntm_rules.i18n import N_, Message

KEYS = ("issuer", "client_id", "client_secret", "name", "claim")
SECRET = "NTM_WEB_PROVIDER_SECRET"  # noqa: S105 - the name of a variable, no password
"""The environment's variable that goes before `client_secret` in the settings, so that it need not stand in a file."""
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signatures that are taken: by a key that the provider alone has; `none` and shared secrets are no such."""
WITHIN, TIMEOUT, LEEWAY = 600, 10, 60
"""Seconds: from going to the provider to coming back, for an answer of the provider, between the clocks."""
AWAY = N_("The sign-in provider does not answer as it should. Sign in with your password, or tell the administrator.")
STALE = N_("This sign-in was begun elsewhere or too long ago. Begin anew.")
REFUSED = N_("The sign-in provider has not let you in.")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Provider:
    """Where people sign in besides here; without an issuer nowhere."""

    issuer: str = ""
    client_id: str = ""
    client_secret: str = ""
    name: str = ""
    """What it is called on the page where one signs in."""
    claim: str = "sub"
    """What of the provider's word tells one person from another, for ever."""

    @property
    def there(self) -> bool:
        """Whether one is set up and can be spoken to."""
        return bool(self.issuer) and installed()


def installed() -> bool:
    """Tell whether what speaks to a provider is installed."""
    return all(find_spec(name) is not None for name in ("authlib", "joserfc", "requests"))


def provider_said(settings: Mapping[str, Any], file: Path, environment: Mapping[str, str]) -> Provider:
    """Return what the settings say of the provider.

    Raises:
        NtmError: everything that is wrong with it.
    """
    if not settings:
        return Provider()
    wrong = [
        Message("{file}, provider: unknown setting {key}", file=file, key=key) for key in settings if key not in KEYS
    ]
    held = {key: str(settings.get(key, "")) for key in KEYS} | {"claim": str(settings.get("claim", "sub"))}
    held["client_secret"] = environment.get(SECRET, "") or held["client_secret"]
    for key in ("issuer", "client_id", "claim"):
        if not held[key]:
            wrong.append(Message("{file}, provider.{key} is missing", file=file, key=key))
    if held["issuer"] and not _safe(held["issuer"]):
        wrong.append(Message("{file}, provider.issuer is an address that begins with https://", file=file))
    if not installed():
        wrong.append(Message("The sign-in provider needs the extra `oidc`: pip install 'ntm-rules[web,oidc]'"))
    if wrong:
        raise NtmError(*wrong)
    return Provider(**{**held, "name": held["name"] or str(urlsplit(held["issuer"]).hostname)})


def _safe(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1"))


class Begun(NamedTuple):
    """A sign-in that was begun: where to go, and what is remembered until one comes back."""

    address: str
    remembered: list[Any]


def begun(provider: Provider, back: str) -> Begun:
    """Begin a sign-in; `back`: the address to which the provider sends people back.

    Raises:
        NtmError: the provider does not answer as it should.
    """
    told, verifier, nonce = _told(provider), secrets.token_urlsafe(48), secrets.token_urlsafe(24)
    with _speaking(provider, back) as session:
        address, state = session.create_authorization_url(
            told["authorization_endpoint"], code_verifier=verifier, nonce=nonce
        )
    return Begun(address, [state, nonce, verifier, int(time.time())])


def subject_of(provider: Provider, back: str, begin: object, answer: Mapping[str, str]) -> str:
    """Return who somebody is who comes back from the provider.

    Raises:
        NtmError: not what was begun here, or not let in, or the provider's word does not hold.
    """
    match begin:
        case [str(state), str(nonce), str(verifier), int(since)] if 0 <= time.time() - since <= WITHIN:
            pass
        case _:
            raise NtmError(Message(STALE))
    if not secrets.compare_digest(state.encode(), answer.get("state", "").encode()):
        raise NtmError(Message(STALE))
    if answer.get("error") or not answer.get("code"):
        raise NtmError(Message(REFUSED))
    told = _told(provider)
    try:
        with _speaking(provider, back) as session:
            token = session.fetch_token(
                told["token_endpoint"], code=answer["code"], code_verifier=verifier, timeout=TIMEOUT
            )
            claims = _claims(provider, str(token["id_token"]), _got(session, told["jwks_uri"]), nonce)
    except NtmError:
        raise
    except Exception as error:
        _log.warning("The sign-in provider's word does not hold: %s", error)
        raise NtmError(Message(AWAY)) from error
    subject = claims.get(provider.claim)
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:
        raise NtmError(Message(AWAY))
    return subject


def _claims(provider: Provider, word: str, keys: Any, nonce: str) -> Mapping[str, Any]:
    """Return what the provider says, once its signature, its times and whom it is meant for hold (OpenID Connect Core, 3.1.3.7)."""
    from joserfc import jwt
    from joserfc.jwk import KeySet

    found = jwt.decode(word, KeySet.import_key_set(keys), algorithms=list(ALGORITHMS)).claims
    jwt.JWTClaimsRegistry(
        leeway=LEEWAY,
        iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": provider.client_id},
        exp={"essential": True},
        iat={"essential": True},
        sub={"essential": True},
        nonce={"essential": True, "value": nonce},
    ).validate(found)
    if isinstance(found["aud"], list) and len(found["aud"]) > 1 and found.get("azp") != provider.client_id:
        raise ValueError("azp")
    claims: Mapping[str, Any] = found
    return claims


def _told(provider: Provider) -> Mapping[str, str]:
    """Return where the provider is spoken to, as it tells itself."""
    try:
        with _speaking(provider, "") as session:
            told = _got(session, f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    except Exception as error:
        _log.warning("The sign-in provider does not answer: %s", error)
        raise NtmError(Message(AWAY)) from error
    places = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if told.get("issuer") != provider.issuer or not all(_safe(str(told.get(place, ""))) for place in places):
        _log.warning("The sign-in provider tells another issuer, or addresses that are not https.")
        raise NtmError(Message(AWAY))
    return told


def _speaking(provider: Provider, back: str) -> Any:
    from authlib.integrations.requests_client import OAuth2Session

    return OAuth2Session(
        provider.client_id, provider.client_secret or None, scope="openid", redirect_uri=back, code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_basic" if provider.client_secret else "none",
    )  # fmt: skip


def _got(session: Any, address: str) -> Mapping[str, Any]:
    answer = session.get(address, timeout=TIMEOUT, allow_redirects=False, withhold_token=True)
    answer.raise_for_status()
    found: Mapping[str, Any] = answer.json()
    return found
