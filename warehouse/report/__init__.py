"""`readout report`: the database as a site of plain pages, to look at with nothing but a browser.

    site.py      which pages there are, and putting them in place
    facts.py     what the pages show, read by queries/*.sql
    marks.py     an article's text cut into the pieces that its spans mark
    charts.py    the charts, as SVG
    templates/   the pages; static/ their style and their one script

No page asks for anything outside its folder, and each can be read without the script. All text is
escaped by the templates; what could reorder or hide text is made visible (marks.visible). The same
database gives the same bytes.
"""

from .site import Built, ReportError, build_report

__all__ = ["Built", "ReportError", "build_report"]
