"""What points to a person is found however it is written, is shown covered, and ordinary numbers are left alone."""

import pytest

from cases.identifiers import identifiers_in, mark_of


@pytest.mark.parametrize(
    "written", ["9434765919", "943 476 5919", "943-476-5919", "943\u00a0476\u00a05919", "943\u2013476\u20135919", "(9434765919)"]
)
def test_an_nhs_number_is_found_however_it_is_written(written: str) -> None:
    (found,) = identifiers_in(f"NHS no. {written}, seen at 9.", "the summary")
    assert str(found) == "an NHS number that ends in 19, in the summary"


@pytest.mark.parametrize("written", ["9434765918", "0300 123 4567", "99434765919", "94347659190", "3 May 2026 at 10.15"])
def test_a_number_that_is_none_is_left_alone(written: str) -> None:
    assert identifiers_in(written, "the summary") == []


@pytest.mark.parametrize(("written", "shown"), [
    ("mary.shaw@example.org", "m\u2026@example.org"), ("Mary.Shaw+ward@Mail.Example.NHS.uk.", "M\u2026@Mail.Example.NHS.uk"),
])  # fmt: skip
def test_an_address_is_shown_without_its_name(written: str, shown: str) -> None:
    (found,) = identifiers_in(f"Ask {written}", "the summary")
    assert found.what == f"an e-mail address, {shown}"


@pytest.mark.parametrize("written", ["@ward", "a@b", "at 9@night"])
def test_what_only_looks_like_an_address_is_none(written: str) -> None:
    assert identifiers_in(written, "the summary") == []


def test_in_a_long_text_the_line_is_named_and_nothing_is_lost() -> None:
    found = identifiers_in("One.\n9434765919 and a@example.org\n\n9434765919", "the file", "line")
    assert [one.where for one in found] == ["line 2 of the file", "line 2 of the file", "line 4 of the file"]
    assert not any("943476" in str(one) for one in found)


def test_the_mark_is_of_this_list_and_no_other() -> None:
    one, two = ([str(found) for found in identifiers_in(text, "a")] for text in ("9434765919", "9434765919 a@example.org"))
    assert mark_of(one) != mark_of(two)
    assert mark_of(one) == mark_of(list(one))
    assert mark_of([]) == ""
