"""Finds the yes/no rules of a package: a folder of modules goes in, each rule comes out with its function."""

import ast
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from types import FunctionType


@dataclass(frozen=True)
class Rule:
    path: Path
    line: int
    name: str  # with its class: Usage.shortens

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.name}"


def find_rules(path: Path) -> list[Rule]:
    """Those of a module, or of all modules below a folder."""
    modules = sorted(path.rglob("*.py")) if path.is_dir() else [path]
    return [rule for module in modules for rule in rules_in(ast.parse(module.read_text()).body, module)]


def rules_in(body: list[ast.stmt], path: Path, owner: str = "") -> Iterator[Rule]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from rules_in(node.body, path, f"{owner}{node.name}.")
        elif isinstance(node, ast.FunctionDef) and node.returns is not None and ast.unparse(node.returns) == "bool":
            yield Rule(path, node.lineno, owner + node.name)


def function_of(rule: Rule) -> FunctionType:
    """What all that have imported the rule share; its code can be changed."""
    module = import_module(".".join(rule.path.with_suffix("").parts))
    found = attrgetter(rule.name)(module)
    function: FunctionType = inspect.unwrap(getattr(found, "fget", found))
    return function
