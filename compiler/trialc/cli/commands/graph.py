"""`protoc graph`: a drawing of how the parts of a protocol hang together."""

from __future__ import annotations

import click

from trialc.cli import exit_status
from trialc.cli.group import as_command
from trialc.cli.handing_out import output_option, to_file_or_screen
from trialc.cli.protocols import failure_status, format_option, protocol_argument, study_of


@as_command(
    "graph",
    examples="""
        graph protocol/care_ssc.proto.txt --format svg -o graph.svg
        graph protocol/care_ssc.proto.txt --kinds criterion --kinds data
        graph protocol/care_ssc.proto.txt | dot -Tpdf -o graph.pdf
    """,
)
@protocol_argument
@format_option("dot", "mermaid", "svg")
@click.option(
    "--kinds", multiple=True, metavar="KIND", help="Draw only nodes of this kind; several allowed."
)
@output_option
def command(protocol: str, form: str, kinds: tuple[str, ...], out: str | None) -> int:
    """Draw how the parts of a protocol hang together."""
    compiled, study = study_of(protocol)
    if study is None:
        return failure_status(compiled)
    from trialc.emitters import graph_drawing

    chosen = [kind for given in kinds for kind in given.split(",") if kind]
    known = sorted({str(kind) for _, kind in study.graph.nodes(data="kind")})
    for kind in chosen:
        if kind not in known:
            raise click.UsageError(f"the graph has no `{kind}`; it has {', '.join(known)}")
    draw = {"dot": graph_drawing.dot, "mermaid": graph_drawing.mermaid, "svg": graph_drawing.svg}
    return to_file_or_screen(draw[form](study, chosen or None), out) or exit_status.FINE
