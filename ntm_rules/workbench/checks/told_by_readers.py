"""What is told without a check of its own: what readers refuse, and what comments that ignore lack. Topic -> its words."""

from __future__ import annotations

from ntm_rules.errors import Severity
from ntm_rules.i18n import N_
from ntm_rules.rulebook import problem_codes as codes
from ntm_rules.workbench.checks.core.check import Check


def _told(code: str, title: str, why: str, mend: str, severity: Severity = Severity.ERROR) -> Check:
    return Check(code=code, severity=severity, title=title, why=why, mend=mend)


CHECKS: dict[str, Check] = {
    "unreadable_file": _told(
        codes.UNREADABLE,
        N_("A file cannot be read"),
        N_("The set cannot be used: no commune can be judged until the file opens."),
        N_(
            "A file that is not there: correct its name where it is named. Otherwise correct the YAML at the line named (often indentation, a missing quote or a tab), save as UTF-8, use no anchors, aliases or tags."
        ),
    ),
    "unknown_key": _told(
        codes.UNKNOWN_KEY,
        N_("A key that does not exist"),
        N_("A misspelt key would leave a condition unsaid, and a commune would be judged without it."),
        N_("Use one of the allowed keys; the nearest is named."),
    ),
    "missing_key": _told(
        codes.MISSING_KEY,
        N_("A key is missing"),
        N_("Without its text, source, lead agency or years an indicator cannot be explained or assigned to anyone."),
        N_("Add the key that is named."),
    ),
    "wrong_value": _told(
        codes.WRONG_VALUE,
        N_("A value of the wrong form"),
        N_("A number or date read otherwise than it was meant changes who meets the standard."),
        N_("Write the value in the form that the message shows."),
    ),
    "key_twice": _told(
        codes.KEY_TWICE,
        N_("A key stands twice"),
        N_("One of the two values would be lost without a word."),
        N_("Keep one of the two lines."),
    ),
    "commune_register": _told(
        codes.REGISTER,
        N_("The register of communes has a mistake"),
        N_("A wrong code, name or group judges a commune by another's figures or by another group's targets."),
        N_("Correct what is named in communes.csv as the message says."),
    ),
    "steering_character": _told(
        codes.STEERING,
        N_("A character that steers the screen or turns text about"),
        N_("The text would read otherwise on a screen, on a page or in a paper than it is written."),
        N_("Delete the character named; where the text was pasted from elsewhere, type that part again."),
    ),
    "unknown_measure": _told(
        codes.UNKNOWN_MEASURE,
        N_("A measure that is not defined"),
        N_("The rule speaks of a measure that nobody defined, so it says nothing."),
        N_("Correct the id, or define it in measures.yaml."),
    ),
    "unknown_agency": _told(
        codes.UNKNOWN_AGENCY,
        N_("An agency that is not defined"),
        N_("The rule speaks of an agency that nobody defined, so it says nothing."),
        N_("Correct the id, or define it in agencies.yaml."),
    ),
    "unknown_document": _told(
        codes.UNKNOWN_DOCUMENT,
        N_("A document that is not defined"),
        N_("The rule speaks of a document that nobody defined, so it says nothing."),
        N_("Correct the id, or define it in documents, criteria-set.yaml."),
    ),
    "unknown_decision": _told(
        codes.UNKNOWN_DECISION,
        N_("An awaited decision that is not defined"),
        N_("The rule speaks of an awaited decision that nobody defined, so it says nothing."),
        N_("Correct the id, or define it in decisions, criteria-set.yaml."),
    ),
    "unknown_group": _told(
        codes.UNKNOWN_GROUP,
        N_("A group of communes that is not defined"),
        N_("The rule speaks of a group of communes that nobody defined, so it says nothing."),
        N_("Correct the id, or define it in groups, criteria-set.yaml."),
    ),
    "unknown_scale": _told(
        codes.UNKNOWN_SCALE,
        N_("A scale that is not defined"),
        N_("The rule speaks of a scale that nobody defined, so it says nothing."),
        N_("Correct the id, or define it in scales, criteria-set.yaml."),
    ),
    "unknown_grade": _told(
        codes.UNKNOWN_GRADE,
        N_("A grade that is not defined"),
        N_("The rule speaks of a grade that nobody defined, so it says nothing."),
        N_("Correct the id, or define it in scales, criteria-set.yaml."),
    ),
    "duplicate_id": _told(
        codes.DUPLICATE_ID,
        N_("An id is used twice"),
        N_("Overlays and tests name rules by id; with two of one id nobody knows which is meant."),
        N_("Give one of the two another id."),
    ),
    "wrong_measure_kind": _told(
        codes.WRONG_KIND,
        N_("A measure of the wrong kind"),
        N_("A Yes / No answer cannot be compared with a number, nor a share be answered with Yes."),
        N_("Use measure with quantities, attested with attestations, ruling with rulings, graded with grades."),
    ),
    "share_above_100": _told(
        codes.SHARE_OUTSIDE,
        N_("A share's target is not between 0 and 100"),
        N_("No commune can ever reach a share above 100%, or every one reaches one below 0."),
        N_("Write the percentage as in the text: 80 for 80%."),
    ),
    "groups_not_exhaustive": _told(
        codes.GROUP_LEFT_OUT,
        N_("A target by group leaves a group out"),
        N_("Communes of the group left out would have no target."),
        N_("State a value for every group of the set."),
    ),
    "unfit_value": _told(
        codes.UNFIT_VALUE,
        N_("A value that does not fit the requirement"),
        N_("What is written cannot be compared with what communes report."),
        N_(
            "Write what the message says belongs there: a number for a quantity, a grade of its scale, `standard: in-force` for an answer or a ruling."
        ),
    ),
    "overlay_for_another_set": _told(
        codes.OTHER_SET,
        N_("The overlay is for another set"),
        N_("Targets of one province must not be laid on the criteria of another."),
        N_("Correct applies_to, or name the set it belongs to with --criteria."),
    ),
    "unknown_set": _told(
        codes.UNKNOWN_SET,
        N_("Another set that is asked for cannot be used"),
        N_("Whether a commune meets the other set could not be judged, and with it this requirement."),
        N_("Correct the id, put the other set's folder beside this one, mend its mistakes, or end the ring."),
    ),
    "unknown_part": _told(
        codes.UNKNOWN_PART,
        N_("A criterion or indicator that is not defined"),
        N_("What must be met names a part that nobody defined, so communes would be judged without it."),
        N_("Correct the id; criteria and indicators are named as in the set (8, 8.1)."),
    ),
    "overlay_unknown_id": _told(
        codes.OVERLAY_UNKNOWN_ID,
        N_("An overlay names a requirement or commune that does not exist"),
        N_("The value would reach no commune, while its author believes that it does."),
        N_("Correct the id; requirements are named as in the set (8.1.b), communes by their 5-digit code."),
    ),
    "unfit_cross_check": _told(
        codes.UNFIT_CROSS_CHECK,
        N_("A cross-check that cannot be carried out"),
        N_("Unlike things would be compared, or the finding would be told in words that nothing fills in."),
        N_(
            "Compare only what is counted in one unit, and fill in only what docs/cross-checks.md lists for the condition."
        ),
    ),
    "contradictory_overlays": _told(
        codes.CONTRADICTION,
        N_("Two decisions of one day contradict each other"),
        N_(
            "Which of them held would depend on the order in which they are given, and with it whether a commune meets the target."
        ),
        N_("Correct the days or the value in one of them, or leave the one that does not hold out."),
    ),
    "unknown_in_plan": _told(
        codes.UNKNOWN_IN_PLAN,
        N_("What the plan names is not defined"),
        N_("A goal would be reckoned from nothing, or a decision be owed by nobody."),
        N_("Correct the id: deliverables stand in the plan's file of them, criteria and indicators in the rules."),
    ),
    "unused_ignore": _told(
        "NTM120",
        N_("An ignore comment that leaves nothing out"),
        N_("It would hide the next mistake on that line."),
        N_("Take the comment out."),
        Severity.WARNING,
    ),
    "ignore_without_reason": _told(
        "NTM121",
        N_("An ignore comment without code or reason"),
        N_("Whoever reviews the set must see why a warning was set aside."),
        N_("Write # ntm: ignore NTMnnn and the reason in words."),
    ),
}
"""None of them can be ignored."""
