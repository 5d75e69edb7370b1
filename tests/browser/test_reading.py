"""A reader follows a row to the words in the article, by mouse and by keyboard, wide and on a phone."""

import pytest


def test_from_a_note_to_its_paragraph(site, page):
    page.goto(f"{site}/news/notes?kind=source_error&article_id=bilateral-ties")
    words = page.locator(".words", has_text="22:22 pm")
    assert words.locator("mark").inner_text() == "22:22 pm"
    words.get_by_role("link", name="in the article").click()
    target = page.locator(":target")
    assert target.inner_text() == "Feb 21, 2022, 22:22 pm"
    target.wait_for()


def test_the_article_is_read_in_order(site, page):
    page.goto(f"{site}/news/articles/military-ties-2019")
    paragraphs = page.get_by_role("region", name="The article, to the letter").locator(".para > p")
    assert paragraphs.first.inner_text() == "date 2019-10-06"
    assert paragraphs.last.inner_text().endswith("between our countries by at least 2030,” said Borisov.")


def test_from_home_to_the_words_by_mouse(tiny_site, page):
    page.goto(tiny_site)
    page.get_by_role("link", name="Dockers walked out.").click()
    wording = page.locator("article", has_text="some 400 dockers")
    assert wording.locator("mark.own").first.inner_text() == "400"
    wording.get_by_role("link", name="claim").click()
    page.get_by_role("link", name="Read on in the article").click()
    target = page.locator(":target")
    assert target.inner_text() == "some 400 dockers had walked out on Monday"
    background = target.evaluate("(element) => getComputedStyle(element).outlineStyle")
    assert background == "solid"


def test_by_keyboard(tiny_site, page):
    """The first key leads past the navigation; highlighted words are links that Enter follows."""
    page.goto(f"{tiny_site}/news/articles/harbour-strike")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    page.keyboard.press("Enter")
    page.wait_for_url("**#content")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('a.claim')"):
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"
    page.keyboard.press("Enter")
    page.wait_for_url("**/news/claims/**")
    assert page.locator("h1").inner_text() == "“The strike is over,”"


def test_notes_stand_beside_the_text_and_fold_on_a_phone(tiny_site, page):
    page.goto(f"{tiny_site}/news/articles/harbour-strike")
    speaker = page.locator(".margin").first.get_by_role("link", name="Jane Doe").first
    assert speaker.is_visible()
    page.set_viewport_size({"width": 360, "height": 800})
    speaker.wait_for(state="hidden")
    page.locator(".margin summary").first.click()
    speaker.wait_for()


def test_page_furniture_folds_and_a_link_into_it_opens_it(tiny_site, page):
    page.goto(f"{tiny_site}/news/articles/harbour-strike")
    furniture = page.locator(".role-boilerplate")
    assert furniture.inner_text() == "" or not furniture.is_visible()
    page.goto(f"{tiny_site}/news/articles/harbour-strike#{furniture.get_attribute('id')}")
    furniture.wait_for()


def test_without_javascript(tiny_site, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{tiny_site}/news/claims")
    form = page.get_by_role("form", name="Filter")
    form.get_by_label("Search").fill("dockers")
    form.get_by_role("button", name="Search").click()
    page.wait_for_url("**_search=dockers**")
    assert page.locator("tbody tr").count() >= 1
    context.close()


@pytest.mark.parametrize("width", [360, 800, 1280, 2400])
def test_print_and_widths(tiny_site, page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{tiny_site}/news/articles/harbour-strike")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.emulate_media(media="print")
    assert not page.locator(".sections").is_visible()
    assert page.locator(".margin").first.get_by_role("link", name="Jane Doe").first.is_visible()
