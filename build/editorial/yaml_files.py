"""Reads YAML and keeps for every mapping the file and line of each of its keys.

All scalars are strings but for null: 2022-02-16 stays a date as written and 1.10 a version.
"""

from pathlib import Path
from typing import Any

import yaml

from ..core.problems import Problem, Where, quoted


class YamlError(Problem):
    """A file that is not YAML, or says the same key twice."""


class Mapping(dict[str, Any]):
    """A YAML mapping that knows where it stands, and where each of its keys does."""

    where: Where
    where_of: dict[str, Where]


class Loader(yaml.CSafeLoader):
    """YAML's safe types without its guesses at numbers, booleans and dates."""

    path: Path
    first_line: int


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:null"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def construct_mapping(loader: Loader, node: yaml.MappingNode) -> Mapping:
    mapping = Mapping()
    mapping.where = Where(loader.path, node.start_mark.line + loader.first_line)
    mapping.where_of = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        where = Where(loader.path, key_node.start_mark.line + loader.first_line)
        if not isinstance(key, str):
            raise YamlError(where, f"{quoted(key)} is not a key; a key is a word")
        if key in mapping:
            raise YamlError(where, f"the key {quoted(key)} stands here for the second time")
        mapping[key] = loader.construct_object(value_node, deep=True)
        mapping.where_of[key] = where
    return mapping


Loader.add_constructor("tag:yaml.org,2002:map", construct_mapping)


def parse_yaml(content: str | bytes, path: Path, first_line: int = 1) -> Any:
    """The value of a YAML document that begins on a line of a file; raises YamlError."""
    loader = None
    try:
        loader = Loader(content)
        loader.path, loader.first_line = path, first_line
        return loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + first_line if mark else None
        raise YamlError(Where(path, line), f"not YAML: {error.problem or error.context}") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise YamlError(Where(path), f"not YAML: {str(error).splitlines()[0]}") from None
    finally:
        if loader:
            loader.dispose()
