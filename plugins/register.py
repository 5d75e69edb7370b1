"""The one file that Datasette loads from here: it registers the hooks and plugins of the package beside it."""

import sys
from importlib import import_module
from pathlib import Path

from datasette.plugins import pm

PLUGINS = (
    "news_site.charts.ad_hoc",
    "news_site.charts.plugin",
    "news_site.charts.table_charts",
    "news_site.compatibility.pages",
    "news_site.dates",
    "news_site.facets.plugin",
    "news_site.limits.plugin",
    "news_site.permissions",
    "news_site.reading.marked_text",
    "news_site.reading.plugin",
    "news_site.reading.source_links",
    "news_site.refusals.plugin",
    "news_site.row_places",
    "news_site.search.plugin",
    "news_site.site.about_page",
    "news_site.site.assets",
    "news_site.site.data_page",
    "news_site.site.edition",
    "news_site.site.formats",
    "news_site.site.hidden_paths",
    "news_site.site.kept_pages",
    "news_site.site.ready",
    "news_site.site.redirects",
    "news_site.site.security",
    "news_site.sql.plugin",
    "news_site.static_site.baked",
    "news_site.static_site.browser_queries",
    "news_site.static_site.offline_page",
)
HOOKS = "news_site.static_site.hooks"
FOLDER = str(Path(__file__).resolve().parent)

if FOLDER not in sys.path:
    sys.path.append(FOLDER)
if not pm.has_plugin(PLUGINS[0]):
    pm.add_hookspecs(import_module(HOOKS))
for name in PLUGINS:
    if not pm.has_plugin(name):
        pm.register(import_module(name), name)
