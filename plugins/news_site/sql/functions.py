"""Which functions of SQL only the live site has, and which only browsers, who bring a SQLite of their own."""

from sqlite3 import Connection
from typing import NamedTuple

from datasette.database import Database

from ..databases import visit
from ..memory import remember

# What the SQLite of package-lock.json has, as tests/browser/test_sql_functions.py asks it
IN_BROWSERS = frozenset(
    """
    -> ->> abs acos acosh asin asinh atan atan2 atanh avg bm25 ceil ceiling changes char coalesce concat concat_ws
    cos cosh count cume_dist current_date current_time current_timestamp date datetime degrees dense_rank escape_fts
    exp first_value floor format fts5 fts5_get_locale fts5_insttoken fts5_locale fts5_source_id glob group_concat
    hex highlight if ifnull iif instr json json_array json_array_insert json_array_length json_error_position
    json_extract json_group_array json_group_object json_insert json_object json_patch json_pretty json_quote
    json_remove json_replace json_set json_type json_valid jsonb jsonb_array jsonb_array_insert jsonb_extract
    jsonb_group_array jsonb_group_object jsonb_insert jsonb_object jsonb_patch jsonb_remove jsonb_replace jsonb_set
    julianday lag last_insert_rowid last_value lead length like likelihood likely ln log log10 log2 lower ltrim
    match max median min mod nth_value ntile nullif octet_length percent_rank percentile percentile_cont
    percentile_disc pi pow power printf quote radians random randomblob rank replace round row_number rtreecheck
    rtreedepth rtreenode rtrim sign sin sinh snippet sqlite_compileoption_get sqlite_compileoption_used sqlite_log
    sqlite_offset sqlite_source_id sqlite_version sqrt strftime string_agg substr substring subtype sum tan tanh
    time timediff total total_changes trim trunc typeof unhex unicode unistr unistr_quote unixepoch unknown unlikely
    upper zeroblob
    """.split()
)
REFUSED = {"load_extension", "fts3_tokenizer"}  # which nobody may call


class Functions(NamedTuple):
    live_only: list[str]
    browsers_only: list[str]


def read_names(conn: Connection) -> set[str]:
    return {str(name) for (name,) in conn.execute("select name from pragma_function_list")} - REFUSED


async def find_functions(db: Database) -> Functions:
    async def find() -> Functions:
        here = await visit(db, read_names)
        return Functions(sorted(here - IN_BROWSERS), sorted(IN_BROWSERS - here))

    return await remember(db, "functions", (), find)
