"""The pages of certificates: those that a reader may see, by kind, by organisation and by number, and one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from services.roster.learning.form import CERTIFICATE
from services.roster.learning.issuing import issuing_of
from services.roster.learning.model import Certificate
from services.roster.learning.reads import certificates_open_to
from services.roster.subject_pages import answered, named, organisation_cell, record_of, show, unit_narrowing
from shared.database.documents import COUNTS
from shared.database.kept import document
from shared.events.envelope import IS_CODE
from shared.events.roster import IssueCertificate
from shared.identity.reading import PERSONS, SENT
from shared.pages.boards import Board, Cell, Narrowing, SubjectPage, narrowing
from shared.pages.cells import day_cell
from shared.pages.chinese import CERTIFICATES, NOTHING
from shared.web.boards import Address, asking, lines_of, saying
from shared.web.forms import Again
from shared.web.offering import Offering, offering, submit_one_of
from shared.web.parameters import CodeAsked, CodeInPath, NameAsked, NameInPath, PageAsked, WordsAsked
from shared.web.persons import Persons, persons
from shared.web.reading import reads
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

PAGE = "/roster/certificates"
FORMS = {CERTIFICATE.key: CERTIFICATE}
HEADS = {"证书编号": "tight", "种类": "", "人员": "", "所属单位": "", "发放单位": "", "日期": "tight"}
ONLY_OWN = "只列本单位可以查看的。"
TO_CHOOSE = "登记证书：先在上面按所属单位筛选，再在本页选择人员。"
NOBODY = "该单位还没有登记人员，登记人员以后在本页登记证书。"
router = APIRouter(prefix=PAGE)


@router.get("", dependencies=[reads(PERSONS)])
async def certificates(
    here: Here,
    certificate: NameAsked | None = None,
    organisation: CodeAsked | None = None,
    words: WordsAsked = "",
    page: PageAsked = 1,
    sent: str = "",
) -> Response:
    """The newest first."""
    address = Address(PAGE, {"certificate": certificate, "organisation": organisation, "words": words})
    return await _page(here, address, page, await told_of(here.parts, here.who, sent))


@router.post("/{key}", response_model=None, dependencies=[reads(SENT)])
async def send(request: Request, here: Here, key: str) -> Response:
    """One that whoever is signed in issues."""
    context = issuing_of(here.roster, here.who or "", here.today)
    sent = await submit_one_of(FORMS, key, request, here, here.who or "", PAGE, context)
    home = sent.entered.values.get("home", "") if isinstance(sent, Again) else ""
    address = Address(PAGE, {"organisation": home if IS_CODE(home) else None})
    return await answered(sent, "certificates", PAGE, lambda again: _page(here, address, 1, again=again))


@router.get("/{issuer}/{certificate}/{number}", dependencies=[reads(PERSONS)])
async def one(here: Here, issuer: CodeInPath, certificate: NameInPath, number: NameInPath) -> Response:
    """One of them, for those whom it concerns; there is none for others."""
    kept = await document(here.parts.db, Certificate, f"{issuer}/{certificate}/{number}")
    if kept is None or kept.withdrawn or not (here.reading.may(PERSONS, kept.home) or here.who == kept.issuer):
        raise HTTPException(404)
    facts = (
        ("种类", Cell(_kind(kept.certificate))),
        ("人员", Cell(whose(here, await persons(here), kept))),
        ("所属单位", organisation_cell(here, kept.home)),
        ("发放单位", organisation_cell(here, kept.issuer) if kept.issuer else Cell(NOTHING)),
        ("日期", day_cell(kept.day)),
        *await record_of(here, kept.record),
    )
    seen = SubjectPage(f"证书 {kept.number}", back=Cell("证书", PAGE), facts=facts)
    return show("certificates", seen, Offering(()))


async def _page(
    here: Visit, address: Address, page: int, told: Told | None = None, again: Again | None = None
) -> Response:
    who = here.who or ""
    context, known = issuing_of(here.roster, who, here.today), await persons(here)
    may = bool(context.homes) and here.admits(IssueCertificate, who)
    home = address.by.get("organisation") or ""
    names = known.of(home, here.today, whoever=True) if may and home in context.homes else {}
    begun = {CERTIFICATE.key: {"home": home}}
    forms = [CERTIFICATE] * bool(names)
    offered = offering(forms, PAGE, replace(context, names=names), told, again, begun)
    note = "" if not may or names else NOBODY if home in context.homes else TO_CHOOSE
    board = await _board(here, address, page, known, context.homes if may else {})
    lead = "证书由发放单位登记。"
    return show("certificates", SubjectPage("证书", lead, boards=(board,), note=note), offered)


def whose(here: Visit, known: Persons, one: Certificate) -> str:
    """By name to those who keep the person, and to whoever issued it."""
    name = known.people.name_of(one.person) if here.who and here.who == one.issuer else None
    return name or known.within(one.person, one.home, one.day or here.today)


async def _board(here: Visit, address: Address, page: int, known: Persons, issuing: Mapping[str, str]) -> Board:
    def line(one: Certificate) -> Sequence[Cell]:
        issuer, _, rest = one.id.partition("/")
        return (
            Cell(one.number, f"{PAGE}/{issuer}/{rest}"),
            Cell(_kind(one.certificate)),
            Cell(whose(here, known, one)),
            organisation_cell(here, one.home),
            organisation_cell(here, one.issuer) if one.issuer else Cell(NOTHING),
            day_cell(one.day),
        )

    asked, mine = address.by, certificates_open_to(here.reading)
    by = {**asking(certificate=asked.get("certificate")), **saying("number", asked.get("words"))}
    home = {"$and": [asking(home=asked.get("organisation")), mine]}
    wanted, order = {**COUNTS, **by, **home}, (("day", -1), ("_id", 1))
    lines, pages = await lines_of(here.parts.db, Certificate, wanted, order, page, address, "本", line)
    note = "" if here.reading.sees_all(PERSONS) else ONLY_OWN
    empty = "还没有登记证书。由发放单位在本页登记。"
    return Board("已登记的证书", HEADS, lines, empty, pages, await _narrowings(here, address, issuing), note)


async def _narrowings(here: Visit, address: Address, issuing: Mapping[str, str]) -> tuple[Narrowing, ...]:
    """Whoever issues chooses among all whose people may gain one."""
    asked, kept, mine = (
        address.by,
        here.parts.db[Certificate.collection],
        {**COUNTS, **certificates_open_to(here.reading)},
    )
    kinds = {one: _kind(one) for one in await kept.distinct("certificate", mine)}
    homes = named(here, {*await kept.distinct("home", mine), *issuing})
    return (
        narrowing("certificate", "种类", asked.get("certificate"), kinds),
        unit_narrowing(here, "所属单位", asked.get("organisation"), homes),
        Narrowing("words", "查找编号", asked.get("words") or ""),
    )


def _kind(certificate: str) -> str:
    return CERTIFICATES.get(certificate, "其他证书")
