"""How tables hang together, as a drawing."""

from news_site.site.diagram import Key, diagram, levels


def test_levels_cut_circles():
    keys = [Key("a", "x", "b"), Key("b", "x", "a"), Key("c", "x", "a"), Key("c", "y", "c")]
    assert set(levels(["a", "b", "c"], keys)) == {"a", "b", "c"}
    assert len(diagram(["a", "b", "c", "alone"], keys).boxes) == 3
