"""Reads a request of any of AWS's protocols into the parameters that a service model names, as botocore's users write them."""

import base64
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote
from xml.etree import ElementTree

import cbor2
from botocore.model import ListShape, MapShape, OperationModel, ServiceModel, Shape, StructureShape


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    query: dict[str, list[str]]


def read(model: ServiceModel, request: Request) -> tuple[OperationModel, dict[str, Any]] | None:
    """The operation and its parameters; None where the model has no such operation, or the body is of another protocol."""
    protocol = model.metadata["protocol"]
    if protocol.startswith("rest-"):
        return _read_rest(model, request)
    # A service of several protocols is answered in the one that the request came in.
    if request.headers.get("x-amz-target"):
        return _read_json(model, request)
    if "cbor" in request.headers.get("content-type", ""):
        return _read_cbor(model, request)
    return _read_query(model, request, protocol)


def _operation(model: ServiceModel, name: str) -> OperationModel | None:
    return model.operation_model(name) if name in model.operation_names else None


def _read_json(model: ServiceModel, request: Request) -> tuple[OperationModel, dict[str, Any]] | None:
    operation = _operation(model, request.headers.get("x-amz-target", "").rpartition(".")[2])
    if operation is None:
        return None
    return operation, json.loads(request.body or b"{}")


def _read_cbor(model: ServiceModel, request: Request) -> tuple[OperationModel, dict[str, Any]] | None:
    operation = _operation(model, request.path.rpartition("/")[2])
    if operation is None:
        return None
    return operation, cbor2.loads(request.body) if request.body else {}


# Queries: everything is text in one flat form.


def _read_query(model: ServiceModel, request: Request, protocol: str) -> tuple[OperationModel, dict[str, Any]] | None:
    form = dict(request.query)
    if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        form |= parse_qs(request.body.decode(errors="replace"), keep_blank_values=True)
    values = {name: texts[0] for name, texts in form.items()}
    operation = _operation(model, values.get("Action", ""))
    if operation is None:
        return None
    read_form = _Ec2Form(values) if protocol == "ec2" else _QueryForm(values)
    return operation, read_form.structure(operation.input_shape, "") if operation.input_shape else {}


class _QueryForm:
    def __init__(self, values: dict[str, str]):
        self.values = values
        # Every name that leads somewhere: A.member.1.B gives A, A.member, A.member.1 and itself.
        self.prefixes = {name[:end] for name in values for end in _ends(name)}

    def structure(self, shape: StructureShape, prefix: str) -> dict[str, Any]:
        found = {}
        for name, member in shape.members.items():
            key = f"{prefix}.{self.name_of(name, member)}".lstrip(".")
            value = self.value(member, key)
            if value is not None:
                found[name] = value
        return found

    def name_of(self, name: str, member: Shape) -> str:
        if isinstance(member, ListShape) and member.serialization.get("flattened"):
            return member.member.serialization.get("name", member.serialization.get("name", name))
        return member.serialization.get("name", name)

    def value(self, shape: Shape, key: str) -> Any:
        if isinstance(shape, ListShape):
            return self.list_of(shape, key)
        if isinstance(shape, MapShape):
            return self.map_of(shape, key)
        if isinstance(shape, StructureShape):
            return self.structure(shape, key) if key in self.prefixes else None
        return _scalar(shape, self.values[key]) if key in self.values else None

    def list_of(self, shape: ListShape, key: str) -> list | None:
        # An empty list is sent as a name without a value.
        if self.values.get(key) == "":
            return []
        return self.items(shape.member, self.list_prefix(shape, key))

    def list_prefix(self, shape: ListShape, key: str) -> str:
        if shape.serialization.get("flattened"):
            return key
        return f"{key}.{shape.member.serialization.get('name', 'member')}"

    def items(self, member: Shape, prefix: str) -> list | None:
        found = []
        while f"{prefix}.{len(found) + 1}" in self.prefixes:
            found.append(self.value(member, f"{prefix}.{len(found) + 1}"))
        return found or None

    def map_of(self, shape: MapShape, key: str) -> dict | None:
        prefix = key if shape.serialization.get("flattened") else f"{key}.entry"
        key_name = shape.key.serialization.get("name", "key")
        value_name = shape.value.serialization.get("name", "value")
        found = {}
        while f"{prefix}.{len(found) + 1}.{key_name}" in self.values:
            entry = f"{prefix}.{len(found) + 1}"
            found[self.values[f"{entry}.{key_name}"]] = self.value(shape.value, f"{entry}.{value_name}")
        return found or None


class _Ec2Form(_QueryForm):
    """Lists are always flat, and names are written with a capital."""

    def name_of(self, name: str, member: Shape) -> str:
        serialization = member.serialization
        if "queryName" in serialization:
            return serialization["queryName"]
        written = serialization.get("name", name)
        return written[0].upper() + written[1:]

    def list_prefix(self, shape: ListShape, key: str) -> str:
        return key


def _ends(name: str) -> list[int]:
    return [match.start() for match in re.finditer(r"\.", name)] + [len(name)]


# REST: parameters are in the path, the query, the headers and the body.


def _read_rest(model: ServiceModel, request: Request) -> tuple[OperationModel, dict[str, Any]] | None:
    matched = _route(model, request)
    if matched is None:
        return None
    operation, labels = matched
    return operation, _rest_parameters(operation, request, labels)


def _route(model: ServiceModel, request: Request) -> tuple[OperationModel, dict[str, str]] | None:
    """The operation whose method, path and required query match; the one that asks for most, where several do."""
    best, best_labels, best_asks = None, {}, -1
    for name in model.operation_names:
        operation = model.operation_model(name)
        # S3 has two operations at one address for some settings: SDKs send the newer.
        if operation.http["method"] != request.method or operation.deprecated:
            continue
        path, _, query = operation.http["requestUri"].partition("?")
        labels = _labels(path, request.path)
        required = parse_qs(query, keep_blank_values=True)
        if labels is None or not _has(request.query, required):
            continue
        asks = 100 * len(required) + 10 * len(labels) + _given(operation, request)
        if asks > best_asks:
            best, best_labels, best_asks = operation, labels, asks
    return (best, best_labels) if best else None


def _labels(template: str, path: str) -> dict[str, str] | None:
    pattern = re.sub(r"\{(\w+)\+\}", r"(?P<\1>.+)", re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template))
    match = re.fullmatch(pattern.rstrip("/") + "/?", path)
    return {name: unquote(value) for name, value in match.groupdict().items()} if match else None


def _has(given: dict[str, list[str]], required: dict[str, list[str]]) -> bool:
    return all(name in given and (values == [""] or given[name] == values) for name, values in required.items())


def _given(operation: OperationModel, request: Request) -> int:
    """How many of the parameters that it requires in query or headers are there; operations that differ in nothing else differ in these."""
    shape = operation.input_shape
    if shape is None:
        return 0
    required = [shape.members[name].serialization for name in shape.required_members]
    in_query = [each["name"] for each in required if each.get("location") == "querystring"]
    in_headers = [each["name"].lower() for each in required if each.get("location") == "header"]
    if any(name not in request.query for name in in_query) or any(name not in request.headers for name in in_headers):
        return -5
    return len(in_query) + len(in_headers)


def _rest_parameters(operation: OperationModel, request: Request, labels: dict[str, str]) -> dict[str, Any]:
    shape = operation.input_shape
    if shape is None:
        return {}
    found = {}
    for name, member in shape.members.items():
        location = member.serialization.get("location")
        written = member.serialization.get("name", name)
        if location == "uri" and written in labels:
            found[name] = _scalar(member, labels[written])
        elif location == "querystring" and isinstance(member, ListShape) and written in request.query:
            found[name] = request.query[written]
        elif location == "querystring" and written in request.query:
            found[name] = _scalar(member, request.query[written][0])
        elif location == "header" and written.lower() in request.headers:
            found[name] = _scalar(member, request.headers[written.lower()])
    return found | _rest_body(operation, request, shape)


def _rest_body(operation: OperationModel, request: Request, shape: StructureShape) -> dict[str, Any]:
    payload = shape.serialization.get("payload")
    if payload and not isinstance(shape.members[payload], StructureShape):
        return {payload: request.body} if request.body else {}
    if not request.body:
        return {}
    in_body = {name: member for name, member in shape.members.items() if "location" not in member.serialization}
    if operation.service_model.metadata["protocol"] == "rest-json":
        given = json.loads(request.body)
        members = shape.members[payload].members if payload else in_body
        read_body = {name: given[key] for name, member in members.items() if (key := member.serialization.get("name", name)) in given}
    else:
        root = ElementTree.fromstring(request.body)
        if payload:
            return {payload: _xml_structure(shape.members[payload].members, root)}
        read_body = _xml_structure(in_body, root)
    return {payload: read_body} if payload else read_body


def _xml_structure(members: dict[str, Shape], node: ElementTree.Element) -> dict[str, Any]:
    found = {}
    for name, member in members.items():
        written = member.serialization.get("name", name)
        if isinstance(member, ListShape) and member.serialization.get("flattened"):
            items = _children(node, member.member.serialization.get("name", written))
            if items:
                found[name] = [_xml(member.member, item) for item in items]
        elif children := _children(node, written):
            found[name] = _xml(member, children[0])
    return found


def _xml(shape: Shape, node: ElementTree.Element) -> Any:
    if isinstance(shape, StructureShape):
        return _xml_structure(shape.members, node)
    if isinstance(shape, ListShape):
        return [_xml(shape.member, item) for item in _children(node, shape.member.serialization.get("name", "member"))]
    return _scalar(shape, node.text or "")


def _children(node: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [child for child in node if child.tag.rpartition("}")[2] == name]


def _scalar(shape: Shape, text: str) -> Any:
    """Text that does not read as the shape's type stays text: the validation names it."""
    try:
        match shape.type_name:
            case "integer" | "long":
                return int(text)
            case "float" | "double":
                return float(text)
            case "boolean":
                return {"true": True, "false": False}.get(text.lower(), text)
            case "blob":
                return base64.b64decode(text)
    except ValueError:
        return text
    return text
