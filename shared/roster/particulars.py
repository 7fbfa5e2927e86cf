"""What is known of a person beside its posts: who may read which of it is said where it is shown."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from shared.events.text import in_one_line

MOST_NAME = 40
EARLIEST, LATEST = 1920, 2099
"""Years of birth: whoever was born before serves no more."""
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
"""GB 11643-1999: the weights of the first 17 digits, and the last by the remainder of their sum by 11."""
IS_ID_NUMBER = re.compile(r"[1-9][0-9]{16}[0-9X]").fullmatch
IS_MOBILE = re.compile(r"1[3-9][0-9]{9}").fullmatch
MASK = "*"


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"


def _plain(number: object) -> object:
    """As it is meant: full-width digits, spaces and hyphens of whoever typed it, the country's prefix of a mobile."""
    if not isinstance(number, str):
        return number
    plain = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", number)).upper()
    return plain.removeprefix("+86") or None


Number = Annotated[str | None, BeforeValidator(_plain)]


class Particulars(BaseModel):
    """As they are sealed: JSON of these names and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, StringConstraints(min_length=1, max_length=MOST_NAME), BeforeValidator(in_one_line)]
    sex: Sex
    birth_year: Annotated[int, Field(ge=EARLIEST, le=LATEST, strict=True)]
    party_member: Annotated[bool, Field(strict=True)]
    mobile: Number = None
    id_number: Number = None


class UnfitParticulars(Exception):
    """Which field is wrong, by its name, and of which slug; never what stands in it."""

    def __init__(self, slug: str, field: str) -> None:
        super().__init__(f"{slug}: {field}")
        self.slug, self.field = slug, field


def read_particulars(opened: bytes) -> Particulars:
    """What was sealed, looked through; or UnfitParticulars."""
    try:
        found = Particulars.model_validate_json(opened)
    except ValidationError as error:
        named = next((str(part) for one in error.errors() for part in one["loc"]), "")
        raise UnfitParticulars(
            "unfit-particulars", named if named in Particulars.model_fields else "sealed"
        ) from None  # the cause quotes what stands in it
    if fault := fault_of(found):
        raise fault
    return found


def fault_of(one: Particulars) -> UnfitParticulars | None:
    """The first number that no such number can be, or that contradicts the rest."""
    if one.mobile is not None and not IS_MOBILE(one.mobile):
        return UnfitParticulars("unfit-mobile", "mobile")
    if one.id_number is None:
        return None
    born = born_on(one.id_number)
    if born is None:
        return UnfitParticulars("unfit-identity-number", "id_number")
    if born.year != one.birth_year:
        return UnfitParticulars("identity-number-contradicts", "birth_year")
    return None if sex_of(one.id_number) is one.sex else UnfitParticulars("identity-number-contradicts", "sex")


def born_on(id_number: str) -> date | None:
    """The day of birth in an identity number; None where its digits or its check digit are wrong."""
    if not IS_ID_NUMBER(id_number) or check_digit(id_number[:17]) != id_number[17]:
        return None
    try:
        return date.fromisoformat(id_number[6:14])
    except ValueError:
        return None


def check_digit(digits: str) -> str:
    """The last of an identity number, by the first 17."""
    return CHECK_DIGITS[sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True)) % 11]


def sex_of(id_number: str) -> Sex:
    """By the last but one digit, odd for men."""
    return Sex.MALE if int(id_number[16]) % 2 else Sex.FEMALE


def masked_mobile(number: str) -> str:
    """138****5678."""
    return f"{number[:3]}{MASK * 4}{number[-4:]}"


def masked_id_number(number: str) -> str:
    """1504**********123X."""
    return f"{number[:4]}{MASK * 10}{number[-4:]}"
