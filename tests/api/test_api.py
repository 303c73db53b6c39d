"""The API: files in, records out, corrections, keys, limits, errors, webhook, and a client written from docs/api.md."""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import re
import socket
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi.testclient import TestClient

from pipeline.api.access import Settings
from pipeline.api.app import create_app
from pipeline.api.jobs import signature
from pipeline.api.ledger import Ledger
from pipeline.cli import main
from pipeline.export import edxml
from pipeline.store.actors import Role
from pipeline.store.archive import Archive

V1 = "/api/v1"
TEXT = (Path(__file__).parents[2] / "corpus" / "texts" / "000_8cf4c746d5814797.txt").read_bytes()


def first(api: TestClient) -> str:
    found: str = api.get(f"{V1}/records").json()["items"][0]["document"]["record_id"]
    return found


@contextmanager
def keyed(archive: Archive, role: Role = Role.CLERK, **more: Any) -> Iterator[TestClient]:
    ledger = Ledger(archive.folder)
    token, _key = ledger.create_key("thử", role, **more)
    ledger.close()
    with TestClient(create_app(archive), base_url="http://may-chu", headers={"X-API-Key": token}) as client:
        yield client


# --- files in ---


def test_a_small_file_is_read_at_once_and_twice_is_once(api: TestClient) -> None:
    answer = api.post(f"{V1}/documents", files={"file": ("../../a.txt", TEXT)})
    assert answer.status_code == 200
    one = answer.json()["records"][0]
    assert one["record"]["number"] == "514/SGDĐT-VP"
    assert one["record"]["source"]["file"] == "a.txt"
    assert api.post(f"{V1}/documents", files={"file": ("b.txt", TEXT)}).json()["outcome"] == "held"


def test_a_job_tells_its_progress_and_its_records(api: TestClient) -> None:
    answer = api.post(f"{V1}/documents", files={"file": ("a.txt", TEXT)}, params={"mode": "job"})
    assert answer.status_code == 202
    for _ in range(300):
        job = api.get(answer.headers["location"]).json()
        if job["status"] in ("done", "failed"):
            break
        time.sleep(0.1)
    assert (job["status"], job["pages_done"], job["pages"]) == ("done", 1, 1)
    assert api.get(f"{V1}/records/{job['records'][0]}").status_code == 200
    assert api.get(f"{V1}/jobs").json()["total"] == 1


def test_a_request_sent_again_gets_the_same_answer(api: TestClient) -> None:
    def send(data: bytes) -> Any:
        return api.post(f"{V1}/documents", files={"file": ("a.txt", data)}, headers={"Idempotency-Key": "k1"})

    before, again, other = send(TEXT), send(TEXT), send(TEXT + b"x")
    assert before.json() == again.json()
    assert again.headers["idempotent-replayed"] == "true"
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"", 422, "file_empty"),
        (b"MZ\x00\x01\x02" * 50, 415, "format_unsupported"),
        (b"%PDF-1.7 hong", 422, "file_damaged"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_problem(api: TestClient, data: bytes, status: int, code: str) -> None:
    for _ in range(2):  # an Idempotency-Key does not nail a failure down
        answer = api.post(f"{V1}/documents", files={"file": ("a.pdf", data)}, headers={"Idempotency-Key": "k"})
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(answer.json()["messages"]) == {"vi", "en"}


def test_a_body_over_the_limit_is_refused_told_or_not(archive: Archive) -> None:
    app = create_app(archive, Settings(largest=10_000))
    with TestClient(app, base_url="http://127.0.0.1") as api:
        assert api.post(f"{V1}/documents", files={"file": ("a.txt", b"a" * 20_000)}).status_code == 413
        chunks = (b"a" * 1000 for _ in range(20))
        headers = {"Content-Type": "multipart/form-data; boundary=x"}
        assert api.post(f"{V1}/documents", content=chunks, headers=headers).status_code == 413


def test_a_message_gives_a_record_and_what_its_file_says_otherwise(api: TestClient) -> None:
    from store_making import LETTER, LETTER_TEXT, make

    record = make(LETTER_TEXT, **{**LETTER, "date": "2021-04-15"})
    data = edxml.write(edxml.message_of(record, "H48.15", attachments=[edxml.Attachment("vb.txt", TEXT, "text/plain")]))
    answer = api.post(f"{V1}/edxml", files={"file": ("vb.edxml", data)}, params={"add": True}).json()
    assert (answer["record"]["source"]["medium"], answer["schema_errors"]) == ("digital", [])
    assert "/date" in {one["pointer"] for one in answer["mismatches"]}
    assert api.get(f"{V1}/records/{answer['record']['id']}").json()["record"]["date"] == "2021-04-15"
    bad = api.post(f"{V1}/edxml", files={"file": ("x", b"<!DOCTYPE a><edXML/>")})
    assert (bad.status_code, bad.json()["code"]) == (422, "message_invalid")


# --- records ---


def test_records_are_paged_and_their_etag_saves_reading_twice(api: TestClient) -> None:
    api.post(f"{V1}/documents", files={"file": ("a.txt", TEXT)})
    page = api.get(f"{V1}/records", params={"limit": 1})
    assert (len(page.json()["items"]), page.json()["total"]) == (1, 3)  # the text holds two documents
    following = re.match(r"<(.+)>; rel=\"next\"", page.headers["link"])
    assert following
    assert api.get(following[1]).json()["items"] != page.json()["items"]
    one = api.get(f"{V1}/records/{first(api)}")
    again = api.get(f"{V1}/records/{first(api)}", headers={"If-None-Match": one.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_correction_holds_and_one_on_an_old_version_is_refused(api: TestClient) -> None:
    url = f"{V1}/records/{first(api)}"
    etag = api.get(url).headers["etag"]
    body = {"changes": [{"pointer": "/place", "value": "Hà Nội"}]}
    done = api.post(f"{url}/corrections", json=body, headers={"If-Match": etag})
    assert done.json()["record"]["place"] == "Hà Nội"
    late = api.post(f"{url}/corrections", json=body, headers={"If-Match": etag})
    assert (late.status_code, late.json()["code"]) == (412, "outdated")
    assert api.post(f"{url}/confirm", headers={"If-Match": done.headers["etag"]}).json()["state"] == "confirmed"
    wrong = api.post(f"{url}/corrections", json={"changes": [{"pointer": "/date", "value": "hôm qua"}]})
    assert wrong.status_code == 422
    assert len(api.get(f"{url}/versions").json()["corrections"]) == 1


def test_evidence_pages_original_and_register(api: TestClient, archive: Archive) -> None:
    url = f"{V1}/records/{first(api)}"
    piece = api.get(f"{url}/evidence", params={"pointer": "/number"}).json()["/number"][0]
    assert piece["page"] == 1
    assert api.get(f"{url}/evidence", params={"pointer": "/urgency"}).status_code == 404
    assert "Số: 514" in api.get(f"{url}/pages").json()["pages"][0]["text"]
    assert api.get(f"{url}/pages/1.png").status_code == 404  # a text has no picture
    assert api.get(f"{url}/original").content.decode().startswith("UBND TỈNH")
    assert api.post(f"{url}/register", json={"day": "2021-04-15"}).json()["number"] == 1
    assert api.post(f"{url}/register", json={}).status_code == 409
    assert api.get(f"{V1}/registers/đến", params={"year": 2021}).json()["total"] == 1
    task = api.get(f"{V1}/tasks").json()["items"][0]
    assert api.post(f"{V1}/tasks/{task['id']}/state", json={"state": "xong"}).status_code == 204


def test_a_page_of_a_pdf_is_a_picture(api: TestClient) -> None:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    for at, line in enumerate(["CONG VAN 12/ABC", *["noi dung cua van ban nay"] * 30]):
        canvas.drawString(72, 760 - 16 * at, line)
    canvas.save()
    answer = api.post(f"{V1}/documents", files={"file": ("a.pdf", out.getvalue())}, params={"mode": "wait"})
    if answer.status_code == 503:
        pytest.skip("no Tesseract on this machine")
    one = answer.json()["records"][0]["id"]
    picture = api.get(f"{V1}/records/{one}/pages/1.png", params={"dpi": 50})
    assert picture.content.startswith(b"\x89PNG")
    assert api.get(f"{V1}/records/{one}/pages/2.png").status_code == 404


def test_graph_and_exports(api: TestClient) -> None:
    assert api.get(f"{V1}/graph/lineage", params={"name": "514/SGDĐT-VP"}).json()["focus"]
    assert api.get(f"{V1}/graph/lineage", params={"name": "#99999999999999999999"}).status_code == 404
    assert api.get(f"{V1}/graph/missing").json()["items"]
    with zipfile.ZipFile(io.BytesIO(api.get(f"{V1}/exports/csv").content)) as files:
        assert "documents.csv" in files.namelist()
    feed = api.get(f"{V1}/calendar.ics")
    assert feed.content.count(b"BEGIN:VEVENT") == 1
    assert api.get(f"{V1}/calendar.ics", headers={"If-None-Match": feed.headers["etag"]}).status_code == 304
    assert api.get(f"{V1}/exports/khong-co").status_code == 400
    assert api.get(f"{V1}/records/{first(api)}/exports/edxml").status_code == 422  # without the sender's id


# --- who may ---


def test_without_a_key_strangers_pages_and_names_are_refused(api: TestClient) -> None:
    assert api.get(f"{V1}/records").status_code == 200
    assert api.get(f"{V1}/records", headers={"Origin": "https://xa.example"}).status_code == 403
    assert api.get(f"{V1}/records", headers={"Host": "xa.example"}).status_code == 403
    assert "access-control-allow-origin" not in api.get(f"{V1}/records", headers={"Origin": "null"}).headers


def test_a_key_is_needed_once_one_was_given_and_dies_when_taken_back(archive: Archive) -> None:
    with keyed(archive) as api:
        assert api.get(f"{V1}/records").status_code == 200
        assert api.get(f"{V1}/records", headers={"X-API-Key": "cv_x_y"}).status_code == 401
        ledger = api.app.state.service.ledger  # type: ignore[attr-defined]
        assert api.headers["X-API-Key"].encode() not in (archive.folder / "api.db").read_bytes()
        ledger.revoke_key(ledger.keys()[0].id)
        assert api.get(f"{V1}/records").status_code == 401
        assert api.get(f"{V1}/records", headers={"X-API-Key": ""}).status_code == 401


@pytest.mark.parametrize(
    ("role", "scopes", "method", "url", "status", "code"),
    [
        (Role.CLERK, ("read",), "post", "/records/{}/confirm", 403, "scope_missing"),
        (Role.CLERK, ("write",), "get", "/records/{}", 403, "scope_missing"),
        (Role.CLERK, ("read",), "get", "/calendar.ics", 403, "scope_missing"),
        (Role.OFFICER, ("read", "write"), "post", "/records/{}/confirm", 403, "forbidden"),
        (Role.CLERK, ("read", "write"), "post", "/records/{}/confirm", 200, None),
    ],
)
def test_scopes_and_roles(
    archive: Archive, role: Role, scopes: tuple[str, ...], method: str, url: str, status: int, code: str | None
) -> None:
    with keyed(archive, role, scopes=scopes) as api:
        answer = api.request(method, V1 + url.format(next(iter(archive.records(_any()).hits)).document.record_id))
        assert (answer.status_code, answer.json().get("code") if status != 200 else None) == (status, code)


def _any() -> Any:
    from pipeline.store.actors import Actor

    return Actor("Lan", Role.CLERK)


def test_a_key_that_asks_too_often_waits(archive: Archive) -> None:
    with keyed(archive, per_minute=3) as api:
        answers = [api.get(f"{V1}/schema") for _ in range(5)]
        assert [a.status_code for a in answers[:3]] == [200] * 3
        assert answers[-1].status_code == 429
        assert int(answers[-1].headers["retry-after"]) > 0


def test_problems_speak_the_language_asked_for(api: TestClient) -> None:
    said = {language: api.get(f"{V1}/records/x", headers={"Accept-Language": language}).json()["title"]
            for language in ("vi", "en-GB,en")}  # fmt: skip
    assert said == {"vi": "Không tìm thấy văn bản «x» trong kho.", "en-GB,en": "Not found."}


def test_serving_to_others_without_a_key_is_refused(archive: Archive) -> None:
    assert main(["serve", "--archive", str(archive.folder), "--host", "0.0.0.0"]) == 95


def test_keys_are_given_listed_and_taken_back_on_the_command_line(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = ["--archive", str(archive.folder)]
    assert main(["api-key", "create", "Phần mềm", "--scope", "read", *folder]) == 0
    token = capsys.readouterr().out.strip()
    assert main(["api-key", "revoke", token.split("_")[1], *folder]) == 0
    assert main(["api-key", "list", *folder]) == 0
    assert "thu hồi" in capsys.readouterr().out
    assert main(["api-key", "create", "x", "--scope", "admin", *folder]) == 2


# --- a live server ---


@contextmanager
def live(archive: Archive) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(archive), host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        for _ in range(200):
            if server.started:
                break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(30)


def test_the_client_of_the_documentation_works(
    archive: Archive, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
    block = re.search(r"```python\n(.+?)```", text, re.DOTALL)
    assert block
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cong-van.pdf").write_bytes(TEXT)
    with live(archive) as url:
        exec(compile(block[1].replace("http://127.0.0.1:8080", url), "docs/api.md", "exec"), {})
    out = capsys.readouterr().out
    assert "514/SGDĐT-VP đảm bảo an toàn" in out
    assert "văn bản" in out.splitlines()[-1]


def test_a_finished_job_is_told_with_a_signature_that_holds(archive: Archive) -> None:
    calls: list[tuple[dict[str, str], bytes]] = []

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            calls.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    listener = HTTPServer(("127.0.0.1", 0), Listener)
    thread = threading.Thread(target=listener.handle_request)
    thread.start()
    with keyed(archive, webhook=f"http://127.0.0.1:{listener.server_port}/nhan") as api:
        api.post(f"{V1}/documents", files={"file": ("a.txt", TEXT)}, params={"mode": "wait"})
        thread.join(30)
        secret = api.app.state.service.ledger.keys()[0].secret  # type: ignore[attr-defined]
    listener.server_close()
    headers, body = calls[0]
    stamp = headers["X-Congvan-Timestamp"]
    told = "sha256=" + hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    assert headers["X-Congvan-Signature"] == told == signature(secret, stamp, body)
    assert json.loads(body)["job"]["status"] == "done"
