"""E036x: several courses of one kind: lines of therapy, tumours, exposures."""

from trialc.diagnostics.diagnostic import Kind

NUMBER_OF_COURSES = Kind(
    "E0360", "number-of-courses", "error", "there cannot be up to {given} of one kind",
    "Each course is a set of elements of its own in the record, so their number has an end: from "
    "2 to 20. What there can be only once is a plain element.\n\n"
    'Wrong:  data therapy.line "Prior lines" : up to 1 {{ ... }}\n'
    'Right:  data therapy.line "Prior lines" : up to 6 {{ ... }}',
)  # fmt: skip
NO_COURSES = Kind(
    "E0361", "no-courses", "error", "`{name}` is not declared as several courses",
    "`where` and `count of` ask of what there can be several of, each with attributes of its "
    "own.\n\n"
    'Wrong:  data therapy.line "Prior line" : boolean   (and then: any of therapy.line where kind '
    "= platinum)\n"
    'Right:  data therapy.line "Prior lines" : up to 6 {{ kind "Kind" : choice {{platinum, '
    "other}} }}",
)  # fmt: skip
WHERE_IS_MISSING = Kind(
    "E0362", "where-is-missing", "error",
    "this does not say what is asked of each `{name}`",
    "What is asked of each of several courses stands behind `where`, in the words of their "
    "attributes.\n\n"
    "Wrong:  any of tumour > 5 cm\n"
    "Right:  any of tumour where size > 5 cm",
)  # fmt: skip
NOT_ABOUT_A_COURSE = Kind(
    "E0363", "not-about-a-course", "error",
    "this part of the `where` says nothing of a single `{name}`",
    "Behind `where`, every part of an `and` or `or` asks for an attribute of the course. What is "
    "asked of the participant stands outside, and parentheses say where the `where` ends.\n\n"
    "Wrong:  any of therapy.line where kind = platinum and demo.age > 70 years\n"
    "Right:  (any of therapy.line where kind = platinum) and demo.age > 70 years",
)  # fmt: skip
NOT_OF_ONE_COURSE = Kind(
    "E0364", "not-of-one-course", "error",
    "{text} cannot be asked of each `{name}`",
    "Behind `where` stand comparisons, `in`, `within`, `and`, `or`, `not` and `unless`, in the "
    "words of the attributes. Everything else stands outside of it, and parentheses say where the "
    "`where` ends.\n\n"
    "Wrong:  any of tumour where size > 5 cm and any of therapy.line where kind = platinum\n"
    "Right:  (any of tumour where size > 5 cm) and any of therapy.line where kind = platinum",
)  # fmt: skip
TOO_MANY_COURSES = Kind(
    "E0365", "too-many-courses", "error",
    "there are {given} of `{name}`, and room for {most}",
    "A course is never left out in silence: an example, and a record, with more of them than the "
    "protocol has room for is refused. Give the declaration more room.\n\n"
    'Wrong:  data therapy.line "Prior lines" : up to 2 {{ ... }}   (and an example with three)\n'
    'Right:  data therapy.line "Prior lines" : up to 6 {{ ... }}',
)  # fmt: skip
MISPLACED_ATTRIBUTE = Kind(
    "E0366", "misplaced-attribute", "error",
    "`{name}` cannot be an attribute here",
    "Attributes stand in the braces of what there can be several of. They are plain elements: "
    "numbers, choices, dates, histories; not measured several times, and no courses again.\n\n"
    'Wrong:  data drug.a "Medicine" : boolean {{ dose "Dose" : quantity [mg] }}\n'
    'Right:  data drug.a "Medicines" : up to 6 {{ dose "Dose" : quantity [mg] }}',
)  # fmt: skip
NO_COURSES_GIVEN = Kind(
    "E0367", "no-courses-given", "error", "`{name}` has no attributes",
    "In an example, braces hold what is known of one of several courses. Every other element has a "
    "value.\n\n"
    "Wrong:  lab.hb: {{ value: 11 g/dL }}\n"
    "Right:  lab.hb: 11 g/dL",
)  # fmt: skip
FORM_OF_COURSES = Kind(
    "E0368", "form-of-courses", "error", "this is no list of what is known of each `{name}`",
    "In an example, braces for each course, the first one first, say what is known of it; or a "
    "number says how many there are, and single values follow by their names.\n\n"
    "Wrong:  therapy.line: 1, {{ kind: platinum }}\n"
    "Right:  therapy.line: {{ kind: taxane }}, {{ kind: platinum }}",
)  # fmt: skip
