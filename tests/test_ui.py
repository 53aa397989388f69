"""`make ui` outside the container: it comes up, shows the assets, and ends when it is told to."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.request

import pytest
from conftest import SUMMARY, write_raw

from pipeline.settings import PROJECT

PATIENCE = 600  # seconds on a busy machine; ten are usual


@pytest.mark.slow
def test_the_ui_shows_every_asset_and_ends_with_all_its_processes(tmp_path):
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    raw = write_raw(tmp_path / "raw", summary=SUMMARY)
    env = {
        "MINZHENG_RAW": str(raw),
        "MINZHENG_WAREHOUSE": str(tmp_path / "m.duckdb"),
        "DAGSTER_HOME": str(tmp_path / "home"),
    }
    log = tmp_path / "ui.log"
    with log.open("w") as said:
        command = ["make", "ui", f"ARGS=--host 127.0.0.1 --port {port}"]
        ui = subprocess.Popen(
            command, cwd=PROJECT, env=os.environ | env, stdout=said, stderr=said, start_new_session=True
        )

    def asked(path: str, data: dict | None = None) -> dict:
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}{path}",
            json.dumps(data).encode() if data else None,
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return json.load(answer)

    try:
        deadline = time.monotonic() + PATIENCE
        while True:
            assert ui.poll() is None and time.monotonic() < deadline, log.read_text("utf-8")[-3000:]
            try:
                assert asked("/server_info")["dagster_version"]
                break
            except OSError:
                time.sleep(0.5)
        graph = "{assetNodes {assetKey {path} groupName description dependencyKeys {path}}}"
        nodes = asked("/graphql", {"query": graph})["data"]["assetNodes"]
        by_key = {"/".join(node["assetKey"]["path"]): node for node in nodes}
        assert {"core/observations", "marts/panel", "published/warehouse"} <= set(by_key)
        assert all(node["description"] for node in nodes)
        assert {node["groupName"] for node in nodes} >= {"raw", "core", "marts", "ref", "published"}
        assert by_key["marts/panel"]["dependencyKeys"]
    finally:
        os.killpg(ui.pid, signal.SIGINT)
        try:
            ui.wait(120)
        except subprocess.TimeoutExpired:
            os.killpg(ui.pid, signal.SIGKILL)
            raise
    with pytest.raises(OSError):
        asked("/server_info")
