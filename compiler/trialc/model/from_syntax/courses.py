"""Several courses of one kind, spelled out: how many there are, and the attributes of each.

`data therapy.line "Prior lines" : up to 6 { kind "Kind" : choice {a, b} }` stands for the score
`therapy.line`, from 0 to 6, and for `therapy.line.1.kind` to `therapy.line.6.kind`, each of which
exists where there are so many courses. In rules, `any of therapy.line where kind = a` gets the same
test for each of them (`of_courses`); what names all of them (`collects`, examples) is spelled out,
too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from trialc.diagnostics import Diagnostic
from trialc.diagnostics.catalog import names as name_kinds
from trialc.diagnostics.catalog import several_courses as kinds
from trialc.model.courses import NUMBER, course, lead
from trialc.model.from_syntax.collecting import collecting
from trialc.model.from_syntax.course_examples import assigned
from trialc.model.from_syntax.each_course import asked, is_of_one, of_one
from trialc.model.from_syntax.texts import Courses, Texts
from trialc.syntax import imports, tree

MOST = 20
"""Courses of one kind: each is a set of elements of its own."""
_ON_ALL = ("by", "valid", "about")
"""Properties of the whole that say the same of every attribute, unless it says another thing."""
Known = Mapping[str, Courses]


def in_full(texts: Texts, found: list[Diagnostic]) -> Texts:
    """The texts with their courses spelled out, and what these are."""
    own = _declared(texts.main, found)
    inside = [_declared(each.tree, found) for each in texts.libraries]
    known = dict(own)
    for library, theirs in zip(texts.libraries, inside, strict=True):
        known |= {library.prefix + name: each for name, each in theirs.items()}
    main = _spelled_out(texts.main, own, found)
    libraries = tuple(
        replace(
            library,
            tree=_spelled_out(library.tree, theirs, found),
            bindings=_bound(library, theirs, known, texts.main, found),
        )
        for library, theirs in zip(texts.libraries, inside, strict=True)
    )
    _misplaced(texts, found)
    return replace(texts, main=main, libraries=libraries, courses=known)


# ---- what is declared


def _declared(text: tree.Tree, found: list[Diagnostic]) -> dict[str, Courses]:
    """The courses of a text, by its own names for them."""
    declared: dict[str, Courses] = {}
    for declaration in text.declarations:
        head, name = declaration.head, declaration.name
        if not _is_courses(declaration) or name is None:
            continue
        assert isinstance(head, tree.TypeHead)
        assert head.most is not None
        most = int(head.most.number) if head.most.number.isdecimal() else 0
        if not 2 <= most <= MOST:
            number, advice = head.most.number, f"write a number from 2 to {MOST}: `up to 6`"
            found.append(kinds.NUMBER_OF_COURSES.at(head.where, given=number, help=advice))
            most = min(max(most, 2), MOST)
        attributes = [one for one in declaration.body if isinstance(one, tree.Attribute)]
        plain = {one.name.text: one for one in attributes if not _is_misplaced(one)}
        declared[name.text] = Courses(most, plain)
    return declared


def _is_courses(declaration: tree.Declaration) -> bool:
    head = declaration.head
    return isinstance(head, tree.TypeHead) and head.type == tree.COURSES


def _misplaced(texts: Texts, found: list[Diagnostic]) -> None:
    """Report attributes of what is no course, and courses within courses."""
    for text in (texts.main, *(each.tree for each in texts.libraries)):
        for declaration in text.declarations:
            inside = _is_courses(declaration)
            for statement in declaration.body:
                if not isinstance(statement, tree.Attribute):
                    continue
                if not inside or _is_misplaced(statement):
                    name = statement.name
                    advice = "declare it by itself: `data ... : ...`"
                    found.append(
                        kinds.MISPLACED_ATTRIBUTE.at(name.where, name=name.text, help=advice)
                    )


def _is_misplaced(attribute: tree.Attribute) -> bool:
    """Whether an attribute is several courses again, or is measured more than once."""
    return attribute.head.type == tree.COURSES or any(
        isinstance(one, tree.Attribute)
        or (isinstance(one, tree.Property) and one.label.text in ("measurements", "retest"))
        for one in attribute.body
    )


def _bound(
    library: imports.Library,
    theirs: Known,
    known: Known,
    main: tree.Tree,
    found: list[Diagnostic],
) -> Mapping[str, tuple[str, tree.Name]]:
    """Courses of the protocol stand for those of the library, attribute by attribute."""
    bound = dict(library.bindings)
    declared = {each.name.text for each in main.declarations if each.name is not None}
    for name, (ours, where) in library.bindings.items():
        if name not in theirs:
            continue
        if (why := _difference(theirs[name], known.get(ours))) and ours in declared:
            report = name_kinds.BINDING_MISMATCH
            found.append(report.at(where.where, name=where.text, wanted=name, why=why))
            del bound[name]
        elif not why:
            for number in range(1, theirs[name].most + 1):
                for attribute in theirs[name].attributes:
                    inner, outer = course(name, number), course(ours, number)
                    bound[f"{inner}.{attribute}"] = (f"{outer}.{attribute}", where)
    return bound


def _difference(theirs: Courses, ours: Courses | None) -> str:
    """Why courses cannot stand for others; "" where they can."""
    if ours is None:
        return "the library's are several courses, `up to` a number, each with attributes"
    if ours.most != theirs.most:
        return f"there are up to {ours.most} of it, of the library's up to {theirs.most}"
    lacking = [f"`{name}`" for name in theirs.attributes if name not in ours.attributes]
    return f"it has no attribute {lacking[0]}" if lacking else ""


# ---- declarations


def _spelled_out(text: tree.Tree, own: Known, found: list[Diagnostic]) -> tree.Tree:
    codes = {
        declaration.name.text
        for declaration in text.declarations
        if declaration.name is not None and _has_codes(declaration.head)
    }
    made = (each for one in text.declarations for each in _declarations(one, own, codes, found))
    return replace(text, declarations=tuple(made))


def _has_codes(head: tree.Head | None) -> bool:
    return isinstance(head, tree.TypeHead) and head.options is not None


def _declarations(
    declaration: tree.Declaration, own: Known, codes: set[str], found: list[Diagnostic]
) -> Iterator[tree.Declaration]:
    if own:
        each = partial(asked, own=own, codes=codes, found=found)
        declaration = tree.replaced(declaration, each)
    name, head = declaration.name, declaration.head
    if _is_courses(declaration) and name is not None:
        yield from _elements(declaration, own[name.text], codes)
    elif any(isinstance(one, tree.Attribute) for one in declaration.body):
        body = tuple(one for one in declaration.body if not isinstance(one, tree.Attribute))
        yield replace(declaration, body=body)  # they are reported as misplaced
    elif declaration.keyword == "activity":
        all_of = partial(_all_of, own=own)
        body = tuple(collecting(statement, all_of) for statement in declaration.body)
        yield replace(declaration, body=body)
    elif declaration.keyword == "patient":
        yield replace(declaration, body=tuple(assigned(declaration.body, own, {}, found)))
    elif isinstance(head, tree.TestHead):
        changes = tuple(assigned(head.changes, own, own, found))
        yield replace(declaration, head=replace(head, changes=changes))
    else:
        yield declaration


def _elements(
    courses: tree.Declaration, known: Courses, codes: set[str]
) -> Iterator[tree.Declaration]:
    """How many there are, then the attributes of each, each at its place in the text."""
    name, title, head = courses.name, courses.title, courses.head
    assert name is not None
    assert title is not None
    assert head is not None
    low, high = (tree.Quantity(str(end), where=head.where) for end in (0, known.most))
    ends = tree.Range(low, high, where=head.where)
    number = tree.TypeHead("score", range=ends, where=head.where)
    body = [one for one in courses.body if not isinstance(one, tree.Attribute)]
    yield replace(
        courses,
        title=tree.Text(title.value + NUMBER, where=title.where),
        head=number,
        body=(*body, *_typical(body, head)),
    )
    shared = [one for one in body if isinstance(one, tree.Property) and one.label.text in _ON_ALL]
    for k in range(1, known.most + 1):
        enough = tree.Quantity(str(k), where=name.where)
        exists = tree.Comparison(name, ">=", enough, where=name.where)
        called = _called(body, name, k)
        for each in courses.body:
            if isinstance(each, tree.Attribute) and not _is_misplaced(each):
                rules = (_exists(each, exists, name, k, known, codes),)
                yield replace(
                    courses,
                    name=tree.Name(f"{called[0]}.{each.name.text}", where=each.name.where),
                    title=tree.Text(lead(title.value, k) + each.title.value, where=title.where),
                    head=each.head,
                    body=(*_statements(each, shared, called, k), *rules),
                    where=each.where,
                )


def _exists(
    attribute: tree.Attribute,
    enough: tree.Expression,
    name: tree.Name,
    number: int,
    known: Courses,
    codes: set[str],
) -> tree.Rule:
    """An attribute exists where there are so many courses, and where it says itself."""
    own = [one for one in attribute.body if isinstance(one, tree.Rule) and one.verb == "applies"]
    if not own:
        return tree.Rule("applies", enough, where=attribute.where)
    rules = [of_one(one.condition, name, number, known, codes) for one in own]
    if not all(is_of_one(one.condition, name, known, codes) for one in own):
        rules.insert(0, enough)
    whole = tree.Operators("and", tuple(rules), where=own[0].where)
    return tree.Rule("applies", rules[0] if len(rules) == 1 else whole, where=own[0].where)


def _typical(body: Sequence[tree.Statement], head: tree.Head) -> Iterator[tree.Property]:
    """An ordinary participant has one, unless the text says another number."""
    if not any(isinstance(one, tree.Property) and one.label.text == "typical" for one in body):
        one = tree.Quantity("1", where=head.where)
        yield tree.Property(tree.Name("typical", where=head.where), ((one,),), where=head.where)


def _called(body: Sequence[tree.Statement], name: tree.Name, number: int) -> tuple[str, ...]:
    """What one course is called, and was called under older names of the whole."""
    renamed = (one for one in body if isinstance(one, tree.Names) and one.verb == "renamed")
    older = (each.text for one in renamed for each in one.names)
    return tuple(course(each, number) for each in (name.text, *older))


def _statements(
    attribute: tree.Attribute, shared: Sequence[tree.Property], called: Sequence[str], number: int
) -> Iterator[tree.Statement]:
    """The statements of an attribute of one course: a quotation is told of the first."""
    stated = {one.label.text for one in attribute.body if isinstance(one, tree.Property)}
    yield from (one for one in shared if one.label.text not in stated)
    older = [f"{before}.{attribute.name.text}" for before in called[1:]]
    for statement in attribute.body:
        if isinstance(statement, tree.Names) and statement.verb == "renamed":
            older += [f"{before}.{one.text}" for before in called for one in statement.names]
        elif isinstance(statement, tree.Rule) and statement.verb == "applies":
            pass  # it is part of when the attribute exists
        elif number == 1 or not isinstance(statement, tree.Source):
            yield statement
    if older:
        names = tuple(tree.Name(one, where=attribute.name.where) for one in older)
        yield tree.Names("renamed", names, where=attribute.where)


def _all_of(name: str, own: Known) -> Iterator[str]:
    """All that is known of each, if there can be several."""
    if name in own:
        yield name
        for number in range(1, own[name].most + 1):
            for attribute in own[name].attributes:
                yield f"{course(name, number)}.{attribute}"
