"""plugins/register.py: what Datasette serves is the package that the tests import, all of it, once."""

import sys

from datasette.plugins import pm
from front_door import ROOT, client_of

PACKAGE = ROOT / "plugins/news_site"


def test_every_module_with_a_hook_is_a_plugin(tiny, client):
    with_hooks = [path for path in PACKAGE.rglob("*.py") if "@hookimpl" in path.read_text()]
    names = [".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts) for path in with_hooks]
    plugins = client_of(tiny).get("/-/plugins.json").json()  # the second Datasette of this process
    assert sorted(plugin["name"] for plugin in plugins if plugin["name"].startswith("news_site.")) == sorted(names)
    assert all(pm.get_plugin(name) is sys.modules[name] for name in names)
