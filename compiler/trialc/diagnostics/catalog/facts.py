"""E0370 to E0379: classes of histories, and what is suspected or planned."""

from trialc.diagnostics.diagnostic import Kind

NO_MEMBER_OF_CLASS = Kind(
    "E0370", "no-member-of-class", "error",
    "`{name}` is no history, so it is no member of a class",
    "A class of medicines or illnesses is asked what each of its members is asked: whether it ever "
    "happened, goes on, or ended within some time. Only a `history` or an `occurrence` can "
    "answer.\n\n"
    "Wrong:  data x \"X\" : boolean   data class \"Class\" : history {{ members: x }}\n"
    "Right:  data x \"X\" : history   data class \"Class\" : history {{ members: x }}",
)  # fmt: skip
CLASS_WITHIN_ITSELF = Kind(
    "E0371", "class-within-itself", "error",
    "`{name}` would be a member of itself",
    "A class may have classes as members, but none of them may have it as a member.\n\n"
    "Wrong:  data a \"A\" : history {{ members: b }}   data b \"B\" : history {{ members: a }}\n"
    "Right:  data a \"A\" : history {{ members: b }}   data b \"B\" : history",
)  # fmt: skip
PART_OF_CLASS = Kind(
    "E0372", "part-of-class", "error",
    "`{name}` is about what is none of the members of `{whole}`: they would be passed over",
    "A class has no day of its own: each member has one, and what is none of them has another. "
    "`within`, `ongoing`, `suspected` and `planned` ask all of them.\n\n"
    "Wrong:  exclude when drug.class.last >= as_of - 4 weeks\n"
    "Right:  exclude when drug.class within 4 weeks before as_of",
)  # fmt: skip
NOT_IN_CLASS = Kind(
    "E0373", "not-in-class", "error",
    "`{member}` is no member of `{name}`, so it cannot be excepted",
    "`except` leaves members of a class out of a question, with their own members. What is none of "
    "the members is not asked by name, and belongs to \"any other\".\n\n"
    "Wrong:  data drug.class \"Class\" : history   exclude when drug.class except drug.x\n"
    "Right:  data drug.class \"Class\" : history {{ members: drug.x }}   "
    "exclude when drug.class except drug.x",
)  # fmt: skip
CLASS_UNCHANGED = Kind(
    "E0375", "class-unchanged", "error",
    "`{name}` is a class: one of its members may be unchanged while another was changed",
    "A stable dose is asked of one medicine. Of a class it would be true as soon as one member is "
    "stable, also of a participant in whom another was started, changed or stopped yesterday.\n\n"
    "Wrong:  data class \"Class\" : history {{ members: x }}   "
    "require class unchanged for at least 4 weeks\n"
    "Right:  data treatment \"Treatment with any of the class\" : history   "
    "require treatment unchanged for at least 4 weeks",
)  # fmt: skip
ASKED_OTHERWISE = Kind(
    "E0374", "asked-otherwise", "error",
    "`{part}` is declared as an element of another type, and `{name} {word}` asks it",
    "What is suspected, planned, or planned for a day is an element of its own, which the compiler "
    "declares where a rule asks for it. An element of yours with its name stands for it, if it is "
    "yes or no, or a date for a day.\n\n"
    "Wrong:  data op \"Operation\" : history   data op.planned \"Plan\" : choice {{a, b}}\n"
    "Right:  data op \"Operation\" : history   data op.plan \"Plan\" : choice {{a, b}}",
)  # fmt: skip
CLASS_IF_DONE = Kind(
    "E0376", "class-if-done", "error",
    "`{name}` is a class: the whole question would drop out where one of its members was not asked",
    "`if done` lets a question drop out where something was not done. A class asks each of its "
    "members, and what is none of them: a participant who takes one of the medicines would pass "
    "because nobody asked for another one.\n\n"
    "Wrong:  data class \"Class\" : history {{ members: x }}   exclude when class ongoing if done\n"
    "Right:  exclude when class except x ongoing if done or x ongoing if done",
)  # fmt: skip
