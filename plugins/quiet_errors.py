"""Answers errors as fast as pages: no drawing of them in the log, with every variable, for a mistyped address.

Datasette draws one wherever `rich` happens to be installed, which takes a hundred times as long as the answer.
The traceback of a true failure, one that answers 500, it prints as ever.
"""

from datasette import handle_exception, hookimpl


@hookimpl
def startup():
    handle_exception.rich = None
