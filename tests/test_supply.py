"""What `make setup` installs is pinned by version and content, the installer and the build tools too."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile

import pytest

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


def make(folder, *path: str, **variables: str) -> subprocess.CompletedProcess:
    """`make which-uv` in a folder of its own, with programs of ours before those of the machine."""
    for name in ("Makefile", "constraints.txt"):
        if not (folder / name).exists():  # what is newer than the uv has it fetched again
            shutil.copy(PROJECT / name, folder)
    env = {**os.environ, "PATH": os.pathsep.join([*path, "/usr/bin", "/bin"])}
    command = ["make", "--silent", "which-uv", *(f"{name}={value}" for name, value in variables.items())]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=True)


def program_of(folder, says: str) -> str:
    folder.mkdir()
    (folder / "uv").write_text(f"#!/bin/sh\necho {says}\n")
    (folder / "uv").chmod(0o755)
    return str(folder)


@pytest.mark.landing
@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
def test_a_uv_of_the_machine_is_used_where_it_is_the_pinned_one_or_none_else_can_be_had(tmp_path):
    pinned = re.search(r"^uv==(\S+)", PINNED, re.M)[1]
    right, other = program_of(tmp_path / "right", f"uv {pinned}"), program_of(tmp_path / "other", "uv 0.1.0")
    assert make(tmp_path, right).stdout == f"{right}/uv\n"
    done = make(tmp_path, other, PYTHON="false")  # a machine that fetches nothing
    assert done.stdout == f"{tmp_path}/.uv/bin/uv\n"
    assert done.stderr == f"uv {pinned} cannot be had: uv 0.1.0 is used\n"
    assert subprocess.run([done.stdout.strip()], capture_output=True, text=True).stdout == "uv 0.1.0\n"
    assert make(tmp_path, other, PYTHON="false").stderr == ""  # it is said once


def wheel(folder) -> str:
    """A package of nothing in a folder; returns the digest of its file."""
    about = "supplied-1.0.dist-info"
    with zipfile.ZipFile(folder / "supplied-1.0-py3-none-any.whl", "w") as file:
        file.writestr("supplied.py", "")
        file.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\nName: supplied\nVersion: 1.0\n")
        file.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        file.writestr(f"{about}/RECORD", "")
    return hashlib.sha256((folder / "supplied-1.0-py3-none-any.whl").read_bytes()).hexdigest()


def test_a_file_of_another_content_than_was_written_down_is_refused(tmp_path):
    uv = shutil.which("uv") or str(PROJECT / ".uv" / "bin" / "uv")
    if not os.access(uv, os.X_OK):
        pytest.skip("needs uv")
    right = wheel(tmp_path)
    about = '[project]\nname = "wants"\nversion = "1"\ndependencies = ["supplied>=1"]\n'
    (tmp_path / "pyproject.toml").write_text(about)  # as `make setup` asks
    command = [uv, "pip", "install", "--offline", "--no-index", "--find-links", str(tmp_path), "--no-cache"]
    command += ["--require-hashes", "--constraint", "pins.txt", "--requirements", "pyproject.toml"]
    for digest, code in ((right, 0), ("0" * 64, 1)):
        (tmp_path / "pins.txt").write_text(f"supplied==1.0 --hash=sha256:{digest}\n")
        done = subprocess.run(
            [*command, "--python", sys.executable, "--target", str(tmp_path / f"to{code}")],
            cwd=tmp_path,
            capture_output=True,
            text=True,
        )
        assert done.returncode == code, done.stderr
        assert (tmp_path / f"to{code}" / "supplied.py").exists() == (code == 0)
    assert "hash" in done.stderr.lower()


def test_what_the_bench_compares_with_and_the_audit_are_pinned_too():
    entries = re.split(r"\n(?=\S)", (PROJECT / "tests/bench/peers.txt").read_text(encoding="utf-8").strip())
    assert {"jionlp", "recognizers-text-suite"} <= {entry.partition("==")[0] for entry in entries}
    assert all(re.match(r"\S+==\S+ .*--hash=sha256:[0-9a-f]{64}", entry, re.S) for entry in entries)
    assert re.search(r"^pip-audit==", PINNED, re.M)
    assert "--constraints constraints.txt pip-audit" in (PROJECT / ".ci/run").read_text(encoding="utf-8")
