"""Papers that go out to be signed and come back: which there are, and who hands each out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ntm_rules.appraisal.roles import Role
from ntm_rules.i18n import N_, _


class Signed(NamedTuple):
    """A kind of paper that is signed."""

    sentence: str
    roles: tuple[Role, ...]
    """Who hands it out and gives the link on which it comes back."""

    @property
    def words(self) -> str:
        """What it is called, in the language in force."""
        return _(self.sentence)


SIGNED: Mapping[str, Signed] = {
    "tu-danh-gia": Signed(N_("Self-assessment report of the commune"), (Role.COMMUNE_HEAD,)),
    "tong-hop": Signed(N_("Summary of the appraisal"), (Role.COORDINATOR,)),
    "bien-ban": Signed(N_("Minutes of the council"), (Role.SECRETARY,)),
    "to-trinh": Signed(N_("Submission to the province"), (Role.COORDINATOR,)),
    "quyet-dinh": Signed(N_("Decision of the province"), (Role.RECORDER,)),
}
"""Kind -> what it is; the bytes that are signed are those of the office, which has numbered and dated the draft."""
