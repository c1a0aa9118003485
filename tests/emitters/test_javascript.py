"""The JavaScript module: its text, its package, its command, and where it runs."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from tests.differential.engines import care_ssc
from tests.differential.javascript import needs_node, run

from trialc.emitters.javascript import emit_javascript
from trialc.emitters.javascript_text import literal, quoted, runtime_text
from trialc.graph.study import Study
from trialc.model.example_records import Examples
from trialc.model.protocol import Protocol

from .small_protocol import ESR, criterion, protocol, than


def written(folder: Path, made: Protocol) -> Path:
    """The module of a protocol, in a folder."""
    for artefact in emit_javascript(Study(made, nx.MultiDiGraph())):
        (folder / artefact.path).write_text(artefact.text, encoding="utf-8")
    return folder / "checker.mjs"


def record() -> dict[str, Any]:
    """A typical participant of CARE-SSc."""
    return Examples(care_ssc()).of_participant(care_ssc().participants[0])


def command(module: Path, *arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    node = shutil.which("node")
    assert node is not None
    return subprocess.run(
        [node, str(module), *map(str, arguments)], capture_output=True, check=False
    )


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("javascript"), care_ssc())


# ---- the command


@needs_node
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, 0),
        ({"demo.age": 17}, 3),
        ({"demo.age": None}, 4),
        ({"demo.age": "old"}, 2),
    ],
)
def test_exit_codes(module: Path, tmp_path: Path, changes: dict[str, Any], code: int) -> None:
    path = tmp_path / "record.json"
    path.write_text("\ufeff" + json.dumps({**record(), **changes}), encoding="utf-8")
    done = command(module, path)
    assert done.returncode == code, done.stderr
    if code == 2:
        assert done.stdout == b""
        assert done.stderr == b"demo.age: must be a number, not a text\n"
    else:
        names = {0: "eligible", 3: "ineligible", 4: "undetermined"}
        assert json.loads(done.stdout)["verdict"] == names[code]


@needs_node
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b'{"as_of": "2027-01-04", "a": {"b": 1, "\\u0062" : 2}}', b"`b` stands twice"),
        (b'{"as_of": NaN}', b"cannot be read"),
        (b'{"as_of": "\xff"}', b"cannot be read"),
        (b"", b"cannot be read"),
        (b"[1]", b"must be an object"),
    ],
)
def test_what_is_no_record(module: Path, tmp_path: Path, text: bytes, reason: bytes) -> None:
    path = tmp_path / "record.json"
    path.write_bytes(text)
    done = command(module, path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert reason in done.stderr


@needs_node
def test_keys_may_be_equal_in_different_objects(module: Path, tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    path.write_text('{"as_of": "2027-01-04", "x": [{"y{": "\\"a\\": 1"}, {"y{": 2}], "y{": 1}')
    assert b"twice" not in command(module, path).stderr


@needs_node
def test_without_a_record(module: Path) -> None:
    for arguments in ((), ("-h",), ("a", "b")):
        done = command(module, *arguments)
        assert (done.returncode, done.stderr) == (2, b"usage: checker.mjs RECORD.json\n")
    assert command(module, "nowhere.json").returncode == 2


# ---- where it runs


@needs_node
def test_it_runs_where_nothing_of_node_is(module: Path) -> None:
    """As in a browser: no process, no files, no modules."""
    text = f"""
        for (const name of ["process", "require", "Buffer"]) delete globalThis[name];
        const checker = await import({json.dumps(module.as_uri())});
        console.log(checker.screen({json.dumps(record())}).verdict, typeof process);
    """
    assert run("--input-type=module", "-e", text) == "eligible undefined\n"


@needs_node
def test_importing_it_says_nothing(module: Path) -> None:
    assert run("--input-type=module", "-e", f"import {json.dumps(module.as_uri())}") == ""


def test_it_imports_nothing(module: Path) -> None:
    lines = module.read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if line.startswith("import ") or "require(" in line]
    assert "node:" not in "".join(line for line in lines if "import(" in line)


@needs_node
def test_names_that_every_object_has(tmp_path: Path) -> None:
    """An element may be called as what JavaScript objects have from their ancestors."""
    made = protocol([criterion(1, than(ESR, ">", 25))])
    renamed = made.model_dump_json().replace(f'"{made.data[0].id}"', '"constructor"')
    path = written(tmp_path, Protocol.model_validate_json(renamed))
    text = f"""
        const checker = await import({json.dumps(path.as_uri())});
        const record = {{ as_of: "2027-01-04", measured: "2027-01-04" }};
        console.log(checker.screen(record).verdict, checker.outcomes({{ as_of: 740000 }}));
        console.log(checker.INPUTS.map((item) => item.path).includes("constructor"));
    """
    first, second = run("--input-type=module", "-e", text).splitlines()
    assert first == "undetermined [ null ]"
    assert second == "true"


@needs_node
def test_what_a_record_has_from_its_ancestors_is_no_value(module: Path) -> None:
    text = f"""
        const checker = await import({json.dumps(module.as_uri())});
        const record = Object.create({{ "demo.age": 40 }}, {{}});
        Object.assign(record, {json.dumps({**record(), "demo.age": None})});
        delete record["demo.age"];
        const own_proto = JSON.parse('{{"as_of": "2027-01-04", "__proto__": {{"demo.age": 1}}}}');
        console.log(checker.screen(record).verdict);
        try {{ checker.screen(own_proto); }} catch (error) {{ console.log(error.message); }}
    """
    verdict, refusal = run("--input-type=module", "-e", text).splitlines()
    assert verdict == "undetermined"
    assert refusal.startswith("__proto__: is no input of this protocol")


# ---- the package


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("1.2.3", "1.2.3"),
        ("0.1", "0.1.0"),
        ("2027.01", "2027.1.0"),
        ("3", "3.0.0"),
        ("Amendment 3.1 (US)", "0.0.0-Amendment.3.1.US"),
        ("v007", "0.0.0-v007"),
        ("1.2.3.004", "0.0.0-1.2.3.4"),
        ("é", "0.0.0-unnamed"),
    ],
)
def test_versions_that_npm_takes(version: str, expected: str) -> None:
    made = protocol([criterion(1, than(ESR, ">", 25))])
    metadata = made.metadata.model_copy(update={"version": version, "id": "Two.Arms"})
    artefacts = emit_javascript(
        Study(made.model_copy(update={"metadata": metadata}), nx.MultiDiGraph())
    )
    package = json.loads({artefact.path: artefact.text for artefact in artefacts}["package.json"])
    assert (package["version"], package["name"]) == (expected, "trialc-two.arms")
    assert (package["type"], "dependencies" in package) == ("module", False)


@pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not installed")
def test_npm_packs_it(module: Path) -> None:
    npm = shutil.which("npm")
    assert npm is not None
    done = subprocess.run(
        [npm, "pack", "--dry-run", "--json", "--offline"],
        cwd=module.parent, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    files = {item["path"] for item in json.loads(done.stdout)[0]["files"]}
    assert files == {"checker.mjs", "checker.d.ts", "package.json"}


# ---- text


@needs_node
def test_texts_read_back_as_they_are() -> None:
    texts = ["\u2028\u2029\x00\x7f\x85", "</script><!--", '"\\\n`${x}', "'*/ //", "10⁹/L é 😀", ""]
    found = run("-e", f"console.log(JSON.stringify([{', '.join(map(quoted, texts))}]))")
    assert json.loads(found) == texts
    assert "</" not in quoted("</script>")


def test_literals() -> None:
    assert literal((1, 1.0, 0.5, None, True, "a", 2**53, 1e-7, 1e300)) == (
        '[1, 1, 0.5, null, true, "a", 9007199254740992n, 1e-07, 1e+300]'
    )
    assert literal({"a": (), "b": {}}) == 'new Map([["a", []], ["b", new Map([])]])'
    with pytest.raises(TypeError):
        literal(object())


def test_lines_of_the_runtime_are_short() -> None:
    assert max(map(len, runtime_text().splitlines())) <= 100
