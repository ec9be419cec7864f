"""Settings of one installation: a folder with its database, evidence, secret and `ntm-web.toml`."""

from __future__ import annotations

import os
import secrets
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ntm_rules.errors import NtmError, system_reason
from ntm_rules.i18n import Message
from ntm_rules.web.databases import database_said, settings_of_database
from ntm_rules.web.mailing import Mail, mail_said
from ntm_rules.web.provider import Provider, provider_said
from ntm_rules.web.scanning import Scanner, scanner_said
from ntm_rules.web.settings_written import settings_faults
from ntm_rules.web.signatures import roots_said

SETTINGS, SECRET = "ntm-web.toml", "secret.key"
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
FIRST_SETTINGS = """\
# hosts: tên máy mà trang này được mở dưới đó · names under which the pages are opened
hosts = ["localhost", "127.0.0.1"]
# https = true khi đứng sau máy chủ có chứng thư (Caddy, nginx) · behind a server with a certificate
https = false
# public_comments = true để người dân xem hồ sơ đang lấy ý kiến và góp ý, không cần tài khoản · residents read and comment
public_comments = false
# bộ tiêu chí khác được mở đợt, theo thư mục · other criteria sets over which rounds are opened, by folder
# criteria = ["/srv/ntm/tinh-khac-2026-2030"]
# [database]
# postgresql: cần psycopg · needs psycopg; hoặc biến môi trường · or the variable NTM_WEB_DATABASE
# url = "postgresql://ntm@127.0.0.1:5432/ntm"
# [mail]
# thư báo; mật khẩu ở biến NTM_WEB_MAIL_PASSWORD · notices by e-mail; the password in the variable NTM_WEB_MAIL_PASSWORD
# host = "smtp.laichau.gov.vn"
# security = "starttls"
# user = "ntm"
# from = "ntm@laichau.gov.vn"
# address = "https://ntm.laichau.gov.vn"
# [scanner]
# quét vi-rút trước khi lưu tệp · clamd, asked before a file is kept
# socket = "/run/clamav/clamd.ctl"
# [provider]
# đăng nhập bằng tài khoản của cơ quan · OpenID Connect
# issuer = "https://dang-nhap.laichau.gov.vn"
# client_id = "ntm"
# [signing]
# chứng thư gốc để tin chữ ký số; mặc định không có · root certificates by which signatures are trusted; none by default
# roots = ["root-ca.pem"]
"""


@dataclass(frozen=True)
class Installation:
    """Where one installation keeps what it has, and how it is reached."""

    folder: Path
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1")
    https: bool = False
    proxy: str = "127.0.0.1"
    """Whose word is taken on where a request comes from, where `https` says that somebody stands before us."""
    second_factor: bool = False
    """Who confirms, decides or opens accounts signs in with a code as well."""
    public_comments: bool = False
    """Who has no account reads dossiers in comment and writes comments, which the standing office lets appear."""
    criteria: tuple[Path, ...] = ()
    """Folders of criteria sets over which rounds may be opened besides those that come with the program."""
    database: dict[str, Any] = field(default_factory=dict)
    mail: Mail = field(default_factory=Mail)
    scanner: Scanner = field(default_factory=Scanner)
    """Looks at every file before it is kept, where one is set up."""
    provider: Provider = field(default_factory=Provider)
    """Where people sign in besides here, where one is set up."""
    roots: tuple[bytes, ...] = ()
    """Certificates (PEM) by which signatures are trusted; none of them is known of itself."""

    @property
    def evidence(self) -> Path:
        """The folder of evidence files, by SHA-256."""
        return self.folder / "evidence"

    @property
    def laws(self) -> Path:
        """The folder into which pinned laws are laid out; it may be deleted, the database has them."""
        return self.folder / "laws"

    @property
    def read_by_others(self) -> bool:
        """Whether other accounts of the machine may read the folder: its database, its evidence. Windows says it otherwise."""
        return os.name == "posix" and bool(self.folder.stat().st_mode & 0o077)

    @property
    def loopback_only(self) -> bool:
        """Whether the pages are reached from this machine alone."""
        return set(self.hosts) <= {*LOOPBACK, "::1"}


def set_up(folder: Path) -> None:
    """Make an installation's folder with its settings and its secret, its owner's alone; what is there stays."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (folder / SETTINGS).exists():
        (folder / SETTINGS).write_text(FIRST_SETTINGS, encoding="utf-8")
    secret = folder / SECRET
    if not secret.exists():
        descriptor = os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as stream:
            stream.write(secrets.token_urlsafe(64))


def installation(folder: Path) -> Installation:
    """Return the installation in a folder.

    Raises:
        NtmError: there is none, or its settings cannot be read.
    """
    path = folder / SETTINGS
    if not path.exists() or not (folder / SECRET).exists():
        raise NtmError(
            Message("{folder} holds no installation of the web application", folder=folder),
            Message("Make one first: ntm web init --folder {folder}", folder=folder),
        )
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise NtmError(Message("{file} cannot be read: {reason}", file=path, reason=system_reason(error))) from error
    if wrong := list(settings_faults(said, path)):
        raise NtmError(*wrong)
    database = said.get("database", {})
    hosts, https = tuple(said.get("hosts", LOOPBACK[:2])), said.get("https", False)
    mail = mail_said(said.get("mail", {}), path, os.environ)
    return Installation(
        folder, hosts, https, said.get("proxy", "127.0.0.1"), said.get("second_factor", https), said.get("public_comments", False),
        tuple((folder / one).resolve() for one in said.get("criteria", ())),
        database_said(database, path), mail, scanner_said(said.get("scanner", {}), path),
        provider_said(said.get("provider", {}), path, os.environ), roots_said(said.get("signing", {}), path),
    )  # fmt: skip


def configure(one: Installation, *, fast_passwords: bool = False) -> None:
    """Give Django the settings of an installation, once a process; `fast_passwords`: of demonstrations and tests."""
    from django import setup
    from django.conf import settings

    if settings.configured:
        return
    settings.configure(**settings_of(one, fast_passwords=fast_passwords))
    setup()


def settings_of(one: Installation, *, fast_passwords: bool = False) -> dict[str, Any]:
    """Return the settings of an installation as Django knows them."""
    hashers = ["django.contrib.auth.hashers.Argon2PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    secure = (
        {
            "SECURE_SSL_REDIRECT": True,
            "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
            "SECURE_HSTS_SECONDS": 31_536_000,
            "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
            "SECURE_HSTS_PRELOAD": True,
        }
        if one.https
        else {}
    )
    return {
        "NTM": one,
        "SECRET_KEY": (one.folder / SECRET).read_text(encoding="ascii").strip(),
        "DEBUG": False,
        "ALLOWED_HOSTS": [*one.hosts],
        "INSTALLED_APPS": [
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "ntm_rules.web",
        ],
        "MIDDLEWARE": [
            "django.middleware.security.SecurityMiddleware",
            "django.middleware.gzip.GZipMiddleware",
            "ntm_rules.web.access.headers",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
            "ntm_rules.web.access.spoken",
            "ntm_rules.web.access.Access",
        ],
        "ROOT_URLCONF": "ntm_rules.web.urls",
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.jinja2.Jinja2",
                "DIRS": [],
                "APP_DIRS": False,
                "OPTIONS": {"environment": "ntm_rules.web.drawing.environment"},
            }
        ],
        "DATABASES": {"default": settings_of_database(one.database, one.folder)},
        "AUTH_USER_MODEL": "web.Person",
        "AUTH_PASSWORD_VALIDATORS": [
            {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
            {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
            {
                "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
                "OPTIONS": {"user_attributes": ("username", "full_name", "email")},
            },
            {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
        ],
        "PASSWORD_HASHERS": [*hashers[1:], hashers[0]] if fast_passwords else hashers,
        "LOGIN_URL": "sign-in",
        "USE_TZ": True,
        "TIME_ZONE": "Asia/Ho_Chi_Minh",
        "USE_I18N": False,
        "LANGUAGE_CODE": "vi",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": one.https,
        "SESSION_COOKIE_AGE": 12 * 3600,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SECURE": one.https,
        "CSRF_FAILURE_VIEW": "ntm_rules.web.views.wrong.forged",
        "SECURE_REFERRER_POLICY": "same-origin",
        "X_FRAME_OPTIONS": "DENY",
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 2 << 20,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": 20_000,  # a page of two hundred hamlets, without script
        "FILE_UPLOAD_MAX_MEMORY_SIZE": 4 << 20,
        "LOGGING_CONFIG": None,
        **secure,
    }
