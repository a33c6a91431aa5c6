"""The staff's rules: messages of citizens and their replies, what citizens think of answers, personal data."""

from assistant.desk.desk import Desk, desk_over, opened_desk
from assistant.desk.feedback import REASONS, Feedback, FeedbackSummary
from assistant.desk.messages import CONSENT_VERSION, CONTACT_MOST, KINDS, TEXT_MOST, Draft, Messages, consent_line
from assistant.desk.personal_data import PersonalDatum, find_personal_data, mask, mask_contact
from assistant.desk.receipts import grouped, new_receipt, read_receipt
from assistant.desk.sensitive import SENSITIVE_KINDS, Sensitive, find_sensitive

__all__ = [
    "CONSENT_VERSION",
    "CONTACT_MOST",
    "KINDS",
    "REASONS",
    "SENSITIVE_KINDS",
    "TEXT_MOST",
    "Desk",
    "Draft",
    "Feedback",
    "FeedbackSummary",
    "Messages",
    "PersonalDatum",
    "Sensitive",
    "consent_line",
    "desk_over",
    "find_personal_data",
    "find_sensitive",
    "grouped",
    "mask",
    "mask_contact",
    "new_receipt",
    "opened_desk",
    "read_receipt",
]
