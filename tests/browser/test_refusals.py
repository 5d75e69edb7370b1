"""The static site refuses what the live one refuses, in the same words: tests/cases/refusals.json."""

import json

import pytest
from front_door import ROOT
from playwright.sync_api import expect
from static_answers import live_answer, static_answers, static_refusals

CASES = json.loads((ROOT / "tests/cases/refusals.json").read_text())


@pytest.fixture(scope="module")
def page(browser, folder_url):
    page = browser.new_page()
    page.goto(f"{folder_url}/news/claims/")
    yield page
    page.close()


def parts_of(address):
    path, _, query = address.partition("?")
    return f"news/{path}", query


def test_what_means_nothing_is_refused(page, folder_url):
    asked = [parts_of(address) for address, _ in CASES["refused"]]
    said = static_refusals(page, folder_url, asked)
    assert list(zip(asked, said, strict=True)) == [(parts_of(address), words) for address, words in CASES["refused"]]


@pytest.mark.parametrize(("address", "same"), CASES["same"])
def test_what_is_left_out_changes_nothing(page, folder_url, client, address, same):
    path, query = parts_of(address)
    static, other = static_answers(page, folder_url, [(path, query), parts_of(same)])
    assert static == live_answer(client, f"/{path}", query)
    assert static["rows"] == other["rows"] != []


def test_the_page_says_what_is_refused(page, folder_url):
    page.goto(f"{folder_url}/news/claims/?kid=direct")
    expect(page.get_by_role("alert")).to_have_text("There is no column kid; did you mean kind?")
    expect(page.locator(".rows")).to_have_count(0)


def test_a_page_is_itself_by_the_name_of_its_file(page, folder_url, client):
    """Some hosts write it out, and people copy it."""
    page.goto(f"{folder_url}/news/claims/index.html?kind=direct&fbclid=x")
    heading = page.locator("#rows")
    expect(heading).to_have_text(text_of_rows(client))
    page.goto(f"{folder_url}/news/claims/?kind=direct")
    expect(heading).to_have_text(text_of_rows(client))


def text_of_rows(client):
    found = client.get("/news/claims.json?kind=direct").json()
    return f"{found['filtered_table_rows_count']} rows {found['human_description_en']}"
