from hypothesis import given
from hypothesis import strategies as st

from handlers.callback import MOST_BYTES, press
from handlers.caseload.rules import is_taken, tag, tagged
from storage.records import Family, Offer, OfferKind, new_id


@given(st.text(), st.text(min_size=1))
def test_a_tag_always_fits_behind_a_button(site_id: str, offer_id: str) -> None:
    for verb, id in (("site", site_id), ("switch", offer_id)):
        assert len(press("caseload", verb, new_id(), tag(id)).encode()) <= MOST_BYTES


@given(st.lists(st.text(), unique=True))
def test_a_tag_finds_its_own_thing(ids: list[str]) -> None:
    offers = [Offer(id, "s", OfferKind.CLEARING) for id in ids]
    assert all(tagged(offers, tag(offer.id)) is offer for offer in offers)
    assert tagged(offers, "nothing") is None


@given(st.text())
def test_a_name_is_taken_however_it_is_written(label: str) -> None:
    family = Family("f", label, "c")
    assert is_taken(label, [family])
    assert not is_taken(label + "2", [family])
    assert not is_taken(label, [])


def test_capitals_make_no_new_name() -> None:
    assert is_taken("AHORN straße", [Family("f", "Ahorn STRASSE", "c")])
