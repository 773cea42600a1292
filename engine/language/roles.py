"""What a line is to those who read a form: its income, its tax, its credit, what it carries on.

A form declares the role where it declares the line. Whoever shows, explains or compares asks for the role, so that a
form may number its lines as its year does. A role stands once in the forms of a year, or once per system.
"""

from __future__ import annotations

from enum import StrEnum, auto


class Role(StrEnum):
    """The roles of lines, in the order in which a return is read."""

    # is the year complete?
    READY = auto()
    FINAL = auto()  # all years before are ready too
    DEATH = auto()  # of a holder of stock, in the year
    HOLDER_CHANGED = auto()  # whose the figures carried in are must be settled: a death, or no longer joint
    CARRYOVERS_ALIKE = auto()  # blank AMT carryovers are taken as the regular ones
    STILL_NEEDED = auto()  # what is missing, in words
    STATE = auto()

    # the regular return
    WAGES = auto()
    OPTION_INCOME = auto()  # of sales, where the employer left it out of wages
    QUALIFIED_DIVIDENDS = auto()
    ITEMIZING = auto()
    INCOME_LESS_DEDUCTIONS = auto()
    TAXABLE_INCOME = auto()
    COMPUTED_TAX = auto()
    TAX = auto()  # as computed or as filed, before credits
    FOREIGN_TAX_CREDIT = auto()

    # gains and losses, once per system
    SHORT_TERM_STOCK = auto()
    SHORT_TERM_OTHER = auto()
    SHORT_TERM_CARRIED_IN = auto()
    SHORT_TERM_CARRIED_ON = auto()  # carried out of the year before, where another figure may be typed
    LONG_TERM_STOCK = auto()
    LONG_TERM_OTHER = auto()
    LONG_TERM_CARRIED_IN = auto()
    LONG_TERM_CARRIED_ON = auto()
    GAIN_OR_LOSS_ALLOWED = auto()
    BOTH_GAINS = auto()  # a net capital gain
    NET_CAPITAL_GAIN = auto()
    GAIN_AT_28_RATE = auto()
    SECTION_1250_GAIN = auto()
    SHORT_TERM_CARRIED_OUT = auto()
    LONG_TERM_CARRIED_OUT = auto()
    LOSS_CARRIED_OUT = auto()
    LOSSES_UNSETTLED = auto()  # carried in, though it is not settled whose they are

    # the minimum tax
    INCOME = auto()  # with which the minimum tax begins
    DEDUCTIONS_ADDED_BACK = auto()
    EXERCISES = auto()  # the adjustment of incentive stock options
    DISPOSITIONS = auto()
    DISPOSITIONS_ORDINARY = auto()
    DISPOSITIONS_ORDINARY_REGULAR = auto()
    DISPOSITIONS_ORDINARY_AMT = auto()
    DISPOSITIONS_CAPITAL = auto()
    DISPOSITIONS_OTHER = auto()
    AMTI_BEFORE_ADDITION = auto()
    SEPARATE_ADDITION = auto()
    AMTI = auto()
    EXEMPTION = auto()
    EXEMPTION_LOST = auto()
    BASE = auto()  # AMTI less the exemption
    GAIN_RATES_APPLY = auto()
    TAX_AT_ALL_RATES = auto()  # with the rates of gains where they apply
    TAX_AT_FLAT_RATES = auto()  # 26% and 28% alone
    TAX_AT_GAIN_RATES = auto()
    SMALLER_TAX = auto()  # of the two
    AMT_FOREIGN_TAX_CREDIT = auto()
    TENTATIVE_MINIMUM_TAX = auto()
    REGULAR_TAX = auto()  # that it is compared with
    MINIMUM_TAX = auto()
    CONCLUSION = auto()  # the answer of the form in one sentence

    # the credit
    EXCLUSION_PART = auto()  # of the minimum tax of the year before: makes no credit
    CREDIT_MADE = auto()
    CREDIT_MADE_COMPUTED = auto()  # where another figure may be typed
    CREDIT_CARRIED_IN = auto()
    CREDIT_CARRIED_ON = auto()  # carried out of the year before, where another figure may be typed
    CREDIT_AVAILABLE = auto()
    TAX_AFTER_CREDITS = auto()
    CREDIT_TENTATIVE_TAX = auto()
    CREDIT_ROOM = auto()
    CREDIT_USED = auto()
    CREDIT_CARRIED_OUT = auto()
    CREDIT_BELOW_ZERO = auto()  # available, below zero: it is not carried on
    CREDIT_UNSETTLED = auto()  # carried in or made, though it is not settled whose it is
    CARRIED_ON_IN_QUESTION = auto()  # whose the credit and losses are that go on must be settled
    CREDIT_CONCLUSION = auto()

    # the credit, rolled forward
    LEDGER_OPENING = auto()
    LEDGER_CARRIED_ON = auto()  # carried in, as computed
    LEDGER_CLOSING = auto()
    LEDGER_ROLLED = auto()  # carried out, computed a second way
    LEDGER_AMT = auto()  # of the year

    # what to file
    ATTACH = auto()
    ATTACH_REASON = auto()
