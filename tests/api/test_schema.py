"""The OpenAPI schema is complete and true, and so are the pages that show it."""

import json

import pytest
import yaml
from django.core.management import call_command
from django.urls import get_resolver
from jsonschema import Draft202012Validator

from api.problems import KINDS
from tests.api.conftest import API, openapi

OPERATIONS = [
    (path, method, operation)
    for path, methods in openapi()["paths"].items()
    for method, operation in methods.items()
    if method != "parameters"
]
IDS = [operation["operationId"] for _, _, operation in OPERATIONS]


def validate(value, schema):
    Draft202012Validator({**schema, "components": openapi()["components"]}).validate(value)


def test_it_is_made_without_a_warning(tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yaml"))


@pytest.mark.parametrize("accept", ["application/vnd.oai.openapi", "application/yaml", "*/*"])
def test_it_is_served_as_yaml(client, db, accept):
    served = yaml.safe_load(client.get("/api/schema/", headers={"Accept": accept}).content)
    assert served["openapi"].startswith("3.1")
    assert served["paths"].keys() == openapi()["paths"].keys()


@pytest.mark.parametrize("accept", ["application/vnd.oai.openapi+json", "application/json"])
def test_it_is_served_as_json(client, db, accept):
    served = client.get("/api/schema/", headers={"Accept": accept})
    assert json.loads(served.content)["paths"].keys() == openapi()["paths"].keys()
    assert client.get("/api/schema/", headers={"Accept": "text/html"}).status_code == 406


def test_it_knows_every_address():
    names = {pattern.name for pattern in get_resolver("api.urls").url_patterns} - {
        "schema",
        "docs",
        "problems",
        "nothing",
    }
    assert len(names) == len(openapi()["paths"])


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=IDS)
def test_every_operation_tells_what_it_is_for(path, method, operation):
    assert operation["summary"]
    assert operation["description"]
    assert path.startswith(API)
    described = {parameter["name"] for parameter in operation.get("parameters", []) if parameter.get("description")}
    assert described == {parameter["name"] for parameter in operation.get("parameters", [])}


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=IDS)
def test_every_operation_has_examples_that_are_true_and_errors_that_are_problems(path, method, operation):
    for status, response in operation["responses"].items():
        content = response.get("content", {})
        assert set(content) == (
            {"application/problem+json"}
            if status >= "400"
            else set()
            if status in {"204", "304"}
            else {"application/json"}
        )
        for found in content.values():
            assert found["examples"]
            for example in found["examples"].values():
                validate(example["value"], found["schema"])
            if status >= "400":
                assert found["schema"] == {"$ref": "#/components/schemas/Problem"}
    for kind, found in operation.get("requestBody", {}).get("content", {}).items():
        if kind == "multipart/form-data":  # the same fields, of which OpenAPI shows no example with a file
            continue
        assert kind == "application/json"
        for example in found["examples"].values():
            validate(example["value"], found["schema"])


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=IDS)
def test_every_operation_names_the_ways_it_can_fail(path, method, operation):
    known = set(operation["responses"])
    assert known >= {"401", "406", "500"}
    if "{" in path:
        assert "404" in known
    if method == "get":
        assert "304" in known
        assert {"ETag"} <= set(operation["responses"]["200"]["headers"])
    else:
        assert known >= {"403", "429"}


def test_both_ways_to_sign_in_are_described():
    schemes = openapi()["components"]["securitySchemes"]
    assert {name: scheme["type"] for name, scheme in schemes.items()} == {"token": "http", "cookieAuth": "apiKey"}


def test_only_what_needs_no_account_says_so():
    free = {operation["operationId"] for _, _, operation in OPERATIONS if {} in operation["security"]}
    assert free == {operation["operationId"] for _, method, operation in OPERATIONS if method == "get"} - {
        "getMe",
        "listImports",
        "getImport",
    }


def test_the_page_of_problems_explains_every_kind(client, db):
    page = client.get("/api/docs/problems/").content.decode()
    for name, kind in KINDS.items():
        assert f'id="{name}"' in page
        assert kind.title in page


def test_the_page_of_operations_comes_from_here_alone(client, db):
    page = client.get("/api/docs/")
    assert page.status_code == 200
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    html = page.content.decode()
    assert "://" not in html
    assert "<style" not in html
    assert "<script>" not in html
