"""The pages of certificates: those that a reader may see, by kind, by organisation and by number, and one of them."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from services.roster.learning.form import CERTIFICATE
from services.roster.learning.issuing import issuing_of
from services.roster.learning.model import Certificate
from services.roster.learning.reads import certificates_open_to
from services.roster.subject_pages import answered, named, organisation_cell, record_of, show
from shared.database.documents import COUNTS
from shared.database.kept import document
from shared.events.roster import IssueCertificate
from shared.identity.reading import PERSONS, SENT
from shared.pages.boards import Board, Cell, Narrowing, SubjectPage, narrowing
from shared.pages.cells import day_cell
from shared.pages.chinese import CERTIFICATES, NOTHING
from shared.web.boards import Address, asking, lines_of, saying
from shared.web.forms import Again
from shared.web.offering import Offering, offering, submit_one_of
from shared.web.parameters import CodeAsked, CodeInPath, NameAsked, NameInPath, PageAsked, WordsAsked
from shared.web.reading import reads
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

PAGE = "/roster/certificates"
FORMS = {CERTIFICATE.key: CERTIFICATE}
HEADS = {"证书编号": "tight", "种类": "", "人员": "", "所属单位": "", "发放单位": "", "日期": "tight"}
ONLY_OWN = "只列本单位可以查看的。"
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
    return await answered(sent, "certificates", PAGE, lambda again: _page(here, Address(PAGE), 1, again=again))


@router.get("/{issuer}/{certificate}/{number}", dependencies=[reads(PERSONS)])
async def one(here: Here, issuer: CodeInPath, certificate: NameInPath, number: NameInPath) -> Response:
    """One of them, for those whom it concerns; there is none for others."""
    kept = await document(here.parts.db, Certificate, f"{issuer}/{certificate}/{number}")
    if kept is None or kept.withdrawn or not (here.reading.may(PERSONS, kept.home) or here.who == kept.issuer):
        raise HTTPException(404)
    facts = (
        ("种类", Cell(_kind(kept.certificate))),
        ("人员编号", Cell(kept.person)),
        ("所属单位", organisation_cell(here, kept.home)),
        ("发放单位", organisation_cell(here, kept.issuer) if kept.issuer else Cell(NOTHING)),
        ("日期", day_cell(kept.day)),
        *record_of(here, kept.record),
    )
    seen = SubjectPage(f"证书 {kept.number}", back=Cell("证书", PAGE), facts=facts)
    return show("certificates", seen, Offering(()))


async def _page(
    here: Visit, address: Address, page: int, told: Told | None = None, again: Again | None = None
) -> Response:
    who = here.who or ""
    context = issuing_of(here.roster, who, here.today)
    may = bool(context.homes) and here.admits(IssueCertificate, who)
    offered = offering([CERTIFICATE] * may, PAGE, context, told, again)
    lead = "证书由发放单位登记，人员以人员编号登记，不登记姓名。"
    return show("certificates", SubjectPage("证书", lead, boards=(await _board(here, address, page),)), offered)


async def _board(here: Visit, address: Address, page: int) -> Board:
    people = await here.parts.people.current()

    def line(one: Certificate) -> Sequence[Cell]:
        issuer, _, rest = one.id.partition("/")
        return (
            Cell(one.number, f"{PAGE}/{issuer}/{rest}"),
            Cell(_kind(one.certificate)),
            Cell(people.name_of(one.person) or one.person),
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
    return Board("已登记的证书", HEADS, lines, empty, pages, await _narrowings(here, address), note)


async def _narrowings(here: Visit, address: Address) -> tuple[Narrowing, ...]:
    asked, kept, mine = (
        address.by,
        here.parts.db[Certificate.collection],
        {**COUNTS, **certificates_open_to(here.reading)},
    )
    kinds = {one: _kind(one) for one in await kept.distinct("certificate", mine)}
    homes = named(here, await kept.distinct("home", mine))
    return (
        narrowing("certificate", "种类", asked.get("certificate"), kinds),
        narrowing("organisation", "所属单位", asked.get("organisation"), homes),
        Narrowing("words", "查找编号", asked.get("words") or ""),
    )


def _kind(certificate: str) -> str:
    return CERTIFICATES.get(certificate, "其他证书")
