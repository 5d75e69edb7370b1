"""A reader follows a row to the words in the article."""


def test_from_a_note_to_its_paragraph(site, page):
    page.goto(f"{site}/news/notes?kind=source_error&article_id=bilateral-ties")
    words = page.locator(".words", has_text="22:22 pm")
    assert words.locator("mark").inner_text() == "22:22 pm"
    words.get_by_role("link", name="in the article").click()
    target = page.locator(":target")
    assert target.inner_text() == "Feb 21, 2022, 22:22 pm"
    assert target.is_visible()


def test_the_article_is_read_in_order(site, page):
    page.goto(f"{site}/news/articles/military-ties-2019")
    paragraphs = page.get_by_role("region", name="The article, to the letter").locator(".para > p")
    assert paragraphs.first.inner_text() == "date 2019-10-06"
    assert paragraphs.last.inner_text().endswith("between our countries by at least 2030,” said Borisov.")
