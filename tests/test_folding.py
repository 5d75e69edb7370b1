"""Capitals and accents are taken off in one way, by the build, by the server and (see test_same_answers) in the browser."""

import json

import pytest
from front_door import ROOT

import build.core.folding
import news_site.folding

CASES = json.loads((ROOT / "tests/cases/folding.json").read_text())


@pytest.mark.parametrize("fold", [build.core.folding.fold, news_site.folding.fold])
def test_words_are_folded_alike(fold):
    assert [[text, fold(text)] for text, _ in CASES] == CASES
