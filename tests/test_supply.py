"""What `make setup` installs is pinned by version and content, the installer and the build tools too."""

import re
import tomllib

from pipeline.settings import PROJECT

PINNED = (PROJECT / "constraints.txt").read_text(encoding="utf-8")


def test_every_dependency_is_pinned_with_the_digests_of_its_files():
    entries = [entry for entry in re.split(r"\n(?=\S)", PINNED.strip())]
    assert len(entries) > 100
    assert [
        e for e in entries if not re.match(r"[a-z0-9-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", e, re.S)
    ] == []


def test_what_installs_and_builds_is_pinned_too():
    build = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"][
        "requires"
    ]
    assert [re.match(r"[a-z-]+", name)[0] for name in build] == ["setuptools"]
    for name in ("setuptools", "uv"):
        assert re.search(rf"^{name}==", PINNED, re.M), name
    make = (PROJECT / "Makefile").read_text(encoding="utf-8")
    assert "--require-hashes" in make and "--build-constraint" in make


def test_no_address_of_a_registry_is_written_down():
    assert "://" not in PINNED
