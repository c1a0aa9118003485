"""`protoc decisions`: the page of decisions about typos and ambiguities of the source."""

from __future__ import annotations

from trialc.cli.group import as_command
from trialc.cli.handing_out import output_option, to_file_or_screen
from trialc.cli.protocols import failure_status, format_option, protocol_argument, study_of


@as_command(
    "decisions",
    examples="""
        decisions protocol/care_ssc.proto.txt -o decisions.html    to print, answer and sign
        decisions protocol/care_ssc.proto.txt --format md
    """,
)
@protocol_argument
@format_option("html", "md")
@output_option
def command(protocol: str, form: str, out: str | None) -> int:
    """List the decisions about typos and ambiguities of the source, with room for answers."""
    compiled, study = study_of(protocol)
    if study is None:
        return failure_status(compiled)
    from trialc.emitters import decisions_page

    (page,) = (
        artefact
        for artefact in decisions_page.emit(study)
        if artefact.path.rpartition(".")[2] == form
    )
    return to_file_or_screen(page.text, out)
