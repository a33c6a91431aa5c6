"""The staff's rules: who works at the desk and what was done there, messages and replies, feedback, personal data."""

from assistant.desk.audit import ACTIONS, PER_PAGE, Audit, Wanted, action_in_words, moment
from assistant.desk.desk import Desk, desk_over, opened_desk
from assistant.desk.feedback import REASONS, Feedback, FeedbackSummary
from assistant.desk.messages import CONSENT_VERSION, CONTACT_MOST, KINDS, TEXT_MOST, Draft, Messages, consent_line
from assistant.desk.passwords import PASSWORD_LEAST, PASSWORD_MOST
from assistant.desk.people import NAME_MOST, OPERATOR, ROLES, People, Person, person_of
from assistant.desk.personal_data import PersonalDatum, find_personal_data, mask, mask_contact
from assistant.desk.receipts import grouped, new_receipt, read_receipt
from assistant.desk.sensitive import SENSITIVE_KINDS, Sensitive, find_sensitive
from assistant.desk.signing_in import Session, SigningIn
from assistant.desk.totp import enrolment_address

__all__ = [
    "ACTIONS",
    "CONSENT_VERSION",
    "CONTACT_MOST",
    "KINDS",
    "NAME_MOST",
    "OPERATOR",
    "PASSWORD_LEAST",
    "PASSWORD_MOST",
    "PER_PAGE",
    "REASONS",
    "ROLES",
    "SENSITIVE_KINDS",
    "TEXT_MOST",
    "Audit",
    "Desk",
    "Draft",
    "Feedback",
    "FeedbackSummary",
    "Messages",
    "People",
    "Person",
    "PersonalDatum",
    "Sensitive",
    "Session",
    "SigningIn",
    "Wanted",
    "action_in_words",
    "consent_line",
    "desk_over",
    "enrolment_address",
    "find_personal_data",
    "find_sensitive",
    "grouped",
    "mask",
    "mask_contact",
    "moment",
    "new_receipt",
    "opened_desk",
    "person_of",
    "read_receipt",
]
