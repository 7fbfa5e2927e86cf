"""A collector of traces: takes OTLP over HTTP as the real ones do, and keeps what was recorded."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from deploy.embedded.ports import HOST


class Kept(list[tuple[str, Span]]):
    """Each span, with the service that recorded it."""

    port: int

    @property
    def url(self) -> str:
        """What a service is told."""
        return f"http://{HOST}:{self.port}"

    def of(self, trace: int) -> list[tuple[str, Span]]:
        """One trace's, in the order in which they began."""
        found = [one for one in self if one[1].trace_id == trace.to_bytes(16)]
        return sorted(found, key=lambda one: (one[1].start_time_unix_nano, one[1].end_time_unix_nano))


@contextmanager
def collecting(port: int = 0) -> Iterator[Kept]:
    """One that listens, until the block is left."""
    kept = Kept()

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            is_traces = self.path == "/v1/traces" and self.headers["content-type"] == "application/x-protobuf"
            if is_traces:
                asked = ExportTraceServiceRequest.FromString(body)
                for of in asked.resource_spans:
                    service = str(said(of.resource.attributes)["service.name"])
                    kept.extend((service, span) for scope in of.scope_spans for span in scope.spans)
            self.send_response(200 if is_traces else 404)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    with ThreadingHTTPServer((HOST, port), Collector) as server:
        kept.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield kept
        finally:
            server.shutdown()
            thread.join()


def said(attributes: Any) -> dict[str, Any]:
    """Attributes as values of Python."""
    return {one.key: _value(one.value) for one in attributes}


def _value(value: AnyValue) -> Any:
    kind = value.WhichOneof("value")
    if kind == "array_value":
        return [_value(one) for one in value.array_value.values]
    return getattr(value, kind) if kind else None
