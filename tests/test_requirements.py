"""requirements/: what pyproject.toml asks for, locked: to serve, to build as well, to test as well."""

import tomllib
from importlib.metadata import distribution

import pytest
from front_door import ROOT
from locks import locked
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]


def asked_for(extra):
    """All that an extra names, and what the extras in it name."""
    for requirement in map(Requirement, EXTRAS[extra]):
        if requirement.name != PROJECT["name"]:
            yield requirement
        for inner in requirement.extras:
            yield from asked_for(inner)


@pytest.mark.parametrize("name", EXTRAS)
def test_each_lock_pins_what_pyproject_asks_for(name):
    versions = dict(pin.split("==") for pin in locked(name))
    asked = {canonicalize_name(requirement.name): requirement.specifier for requirement in asked_for(name)}
    assert asked.items() and asked.keys() <= versions.keys()
    assert [package for package, wanted in asked.items() if not wanted.contains(versions[package])] == []


def test_the_next_datasette_comes_with_what_else_serves():
    asked = {canonicalize_name(requirement.name) for requirement in asked_for("serve")} - {"datasette"}
    others = {pin: hashes for pin, hashes in locked("serve").items() if pin.partition("==")[0] in asked}
    pins = locked("next")
    assert {**pins, **others} == pins
    assert [pin for pin in pins if pin.startswith("datasette==1.0a")]


@pytest.mark.parametrize("lock", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda lock: lock.stem)
def test_each_lock_says_how_to_make_it_anew_and_names_no_host(lock):
    text, name = lock.read_text(), lock.stem
    extra = "serve pyproject.toml --override requirements/next.in" if name == "next" else f"{name} pyproject.toml"
    assert f"--generate-hashes --extra {extra} --output-file requirements/{name}.txt" in text
    assert "://" not in text and "index-url" not in text
    assert all(locked(name).values())


@pytest.mark.parametrize(("part", "whole"), [("serve", "build"), ("build", "test")])
def test_a_lock_holds_the_smaller_one_as_it_is(part, whole):
    pins = locked(whole)
    assert {**pins, **locked(part)} == pins


def test_what_serving_installs_is_small():
    files = [file.locate() for pin in locked("serve") for file in distribution(pin.partition("==")[0]).files]
    assert sum(file.stat().st_size for file in files if file.exists()) < 200_000_000
