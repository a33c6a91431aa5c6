"""The staff's rules: who works at the desk and what was done there, messages and replies, feedback, personal data."""

from assistant.desk.audit import PER_PAGE, Audit, Wanted, moment
from assistant.desk.audit_words import ACTIONS, action_in_words, details_in_words, subject_in_words, subject_of
from assistant.desk.desk import Desk, desk_over, opened_desk
from assistant.desk.feedback import REASONS, Feedback, FeedbackSummary
from assistant.desk.filings import FILING_STATES, FiledReport, Filings, Shelf
from assistant.desk.handling import STAGES, Handled, Handling, Inbox, Staff
from assistant.desk.message_figures import MessageFigures, message_figures
from assistant.desk.messages import CONSENT_VERSION, CONTACT_MOST, KINDS, TEXT_MOST, Draft, Messages, consent_line
from assistant.desk.passwords import PASSWORD_LEAST, PASSWORD_MOST
from assistant.desk.people import DEPARTMENT_MOST, NAME_MOST, OPERATOR, ROLES, People, Person, person_of
from assistant.desk.personal_data import PersonalDatum, find_personal_data, mask, mask_contact
from assistant.desk.reading_queue import ReadingQueue
from assistant.desk.receipts import grouped, new_receipt, read_receipt
from assistant.desk.sensitive import SENSITIVE_KINDS, Sensitive, find_sensitive
from assistant.desk.signing_in import Session, SigningIn
from assistant.desk.tokens import ACTING, SCOPES, TOKEN_DAYS_MOST, TOKEN_NAME_MOST, Tokens, token_hand
from assistant.desk.totp import enrolment_address
from assistant.desk.word_trials import WordTrials
from assistant.desk.words import LISTS, WordEdit, WordList, Words, WordText, recover_words
from assistant.desk.workdays import Workdays, read_workdays, workdays_of

__all__ = [
    "ACTING",
    "ACTIONS",
    "CONSENT_VERSION",
    "CONTACT_MOST",
    "DEPARTMENT_MOST",
    "FILING_STATES",
    "KINDS",
    "LISTS",
    "NAME_MOST",
    "OPERATOR",
    "PASSWORD_LEAST",
    "PASSWORD_MOST",
    "PER_PAGE",
    "REASONS",
    "ROLES",
    "SCOPES",
    "SENSITIVE_KINDS",
    "STAGES",
    "TEXT_MOST",
    "TOKEN_DAYS_MOST",
    "TOKEN_NAME_MOST",
    "Audit",
    "Desk",
    "Draft",
    "Feedback",
    "FeedbackSummary",
    "FiledReport",
    "Filings",
    "Handled",
    "Handling",
    "Inbox",
    "MessageFigures",
    "Messages",
    "People",
    "Person",
    "PersonalDatum",
    "ReadingQueue",
    "Sensitive",
    "Session",
    "Shelf",
    "SigningIn",
    "Staff",
    "Tokens",
    "Wanted",
    "WordEdit",
    "WordList",
    "WordText",
    "WordTrials",
    "Words",
    "Workdays",
    "action_in_words",
    "consent_line",
    "desk_over",
    "details_in_words",
    "enrolment_address",
    "find_personal_data",
    "find_sensitive",
    "grouped",
    "mask",
    "mask_contact",
    "message_figures",
    "moment",
    "new_receipt",
    "opened_desk",
    "person_of",
    "read_receipt",
    "read_workdays",
    "recover_words",
    "subject_in_words",
    "subject_of",
    "token_hand",
    "workdays_of",
]
