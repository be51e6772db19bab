"""A small OData version 3 server on this machine, so that the real CBS client can be tested without the network.

It serves what ``cbsodata`` asks for - the list of tables, ``TableInfos``, ``DataProperties``, the categories of each
dimension and ``TypedDataSet`` with ``$filter``, ``$select`` and pages (``odata.nextLink``) - and can be told to misbehave.
"""

from __future__ import annotations

import json
import re
import threading
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlencode, urlsplit


@dataclass
class ServedTable:
    """A table as CBS would serve it.

    Parameters
    ----------
    table_id, title, modified : str
    dimensions : dict of str to (str, str, list of dict)
        Key of the dimension to its type (``Dimension``, ``GeoDimension``, ``TimeDimension``), title and categories.
    topics : list of (str, str, str)
        Key, title and unit of each column.
    rows : list of dict
        Observations by key.
    """

    table_id: str
    title: str
    modified: str
    dimensions: dict[str, tuple[str, str, list[dict]]]
    topics: list[tuple[str, str, str]]
    rows: list[dict] = field(default_factory=list)

    def part(self, name: str, server: str) -> list[dict] | None:
        """Return one of the table's lists, or None when it has no such list."""
        if name == "":
            parts = ["TableInfos", "UntypedDataSet", "TypedDataSet", "DataProperties", "CategoryGroups", *self.dimensions]
            return [{"name": part, "url": f"{server}/ODataFeed/odata/{self.table_id}/{part}"} for part in parts]
        if name == "TableInfos":
            return [{"ID": 0, "Identifier": self.table_id, "Title": self.title, "Modified": self.modified}]
        if name == "DataProperties":
            properties = [{"Key": key, "Type": kind, "Title": title} for key, (kind, title, _) in self.dimensions.items()]
            properties.append({"Key": "", "Type": "TopicGroup", "Title": "Bevolking"})
            return properties + [{"Key": key, "Type": "Topic", "Title": title, "Unit": unit} for key, title, unit in self.topics]
        if name == "CategoryGroups":
            return []
        if name in ("TypedDataSet", "UntypedDataSet"):
            return self.rows
        return self.dimensions[name][2] if name in self.dimensions else None


@dataclass
class Fault:
    """What goes wrong: ``drop``, ``error``, ``truncate`` or ``slow``, for paths that contain a text, a number of times."""

    kind: str
    path: str = ""
    times: int = 1_000_000


def _condition(text: str) -> str:
    """Turn an OData filter into a Python expression over ``row``."""
    text = re.sub(r"(startswith)\((\w+),('[^']*')\)", r"row['\2'].startswith(\3)", text)
    text = re.sub(r"substringof\(('[^']*'),(\w+)\)", r"\1 in row['\2']", text)
    return re.sub(r"(\w+) eq ('[^']*')", r"row['\1'] == \2", text)


class ODataServer:
    """Serve tables on 127.0.0.1 while the ``with`` block lasts; ``requests`` lists the paths asked for."""

    def __init__(self, tables: list[ServedTable], page_size: int = 10_000) -> None:
        self.tables = {table.table_id: table for table in tables}
        self.page_size = page_size
        self.faults: deque[Fault] = deque()
        self.requests: list[str] = []
        self.documents: dict[str, bytes] = {}
        self.stopping = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> ODataServer:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()

    def fault_for(self, path: str) -> str | None:
        """Take the fault that a path meets, if any."""
        for fault in self.faults:
            if fault.path in path and fault.times > 0:
                fault.times -= 1
                return fault.kind
        return None

    def answer(self, target: str) -> bytes | None:
        """Return the JSON for a path with query, or None when there is nothing there."""
        parts = urlsplit(target)
        if parts.path in self.documents:
            return self.documents[parts.path]
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        if parts.path == "/ODataCatalog/Tables":
            rows = [{"Identifier": table.table_id, "Title": table.title, "Modified": table.modified} for table in self.tables.values()]
            return json.dumps({"value": rows}).encode()
        found = re.fullmatch(r"/ODataFeed/odata/(\w+)/(\w*)", unquote(parts.path))
        if not found or found[1] not in self.tables:
            return None
        rows = self.tables[found[1]].part(found[2], self.address)
        if rows is None:
            return None
        if "$filter" in query:
            test = compile(_condition(query["$filter"]), "filter", "eval")
            rows = [row for row in rows if eval(test, {"row": row})]
        if "$select" in query:
            keys = query["$select"].split(",")
            rows = [{key: row[key] for key in keys if key in row} for row in rows]
        skip, top = int(query.get("$skip", 0)), int(query.get("$top", len(rows)))
        answer: dict = {"odata.metadata": f"{self.address}/$metadata", "value": rows[skip : skip + min(top, self.page_size)]}
        if skip + self.page_size < min(len(rows), skip + top):
            answer["odata.nextLink"] = f"{self.address}{parts.path}?{urlencode(query | {'$skip': skip + self.page_size})}"
        return json.dumps(answer).encode()

    def _handler(served) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                served.requests.append(unquote(self.path))
                kind = served.fault_for(unquote(self.path))
                if kind == "drop":
                    self.close_connection = True
                    self.connection.close()
                    return
                if kind == "slow":
                    served.stopping.wait(10)
                    self.close_connection = True
                    return
                body = b"" if kind == "error" else served.answer(self.path)
                self.send_response(500 if kind == "error" else 200 if body is not None else 404)
                body = body or b""
                if kind == "truncate":
                    body = body[: len(body) // 2]
                self.send_header("Content-Type", "application/json; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        return Handler
