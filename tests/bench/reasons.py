"""Why a target is missed, as profiling found it: kept by hand, so that measuring again does not lose it."""

REASONS: dict[str, str] = {
    "position_viewflow": (
        "an answer sends 14 statements inside its transaction and viewflow 8, since it reads everything by which it is "
        "judged and writes a position, tasks, deadlines, an event and the head of a chain. Of its processor time the "
        "driver takes about a quarter, making objects of some 80 rows another, and judging and sealing most of the rest"
    ),
    "position_naive": ("a goal shown with narrow tables of their own; where the time goes stands at the first line"),
    "at_once": (
        "one act with the same statements however many are asked. Half of its processor time goes into preparing the rows for the "
        "database and sealing the events, the rest into judging and telling; by hand nothing is judged or sealed"
    ),
    "worklist_few_flat": (
        "half a millisecond. Of ten rounds at a million cases the first were sent before the driver prepares a statement, at the "
        "fifth time; prepared, it took 0.57 ms in a run of 25"
    ),
    "search": (
        "two statements against one: the next acts, each marked with whether the reader may read it, and the cases they are on, of "
        "which an object is made each"
    ),
    "search_far": ("as for page 1, and a far page costs what the first does"),
    "verify": (
        "about half of the time are the chains, at the pace of the bare loop; the rest is going through the cases again: making "
        "objects of their seats, versions and grants, and reading what each event wrote once more, to see that its act may write it"
    ),
    "signals_raw": (
        "ours counts what is shown beside each number too (what was withheld whole, what came by telephone, what nobody answered), "
        "reads the organisations, and makes a result for each, those without anything to count included. The fewer rows there are, "
        "the more that weighs"
    ),
    "page_home": (
        "most of it is drawing: Jinja, its escaping and the macros of the NHS components take more than half of the "
        "processor time, the statements less than a quarter. The empty view draws nothing"
    ),
    "page_messages": (
        "its statements are not compiled once yet: Django's building of SQL takes a third of the processor time, and "
        "drawing most of the rest"
    ),
    "page_case": ("as for home: drawing takes most of the processor time, then judging who may do what"),
}
"""By the code of the target. Said on the page beside a target that is short, and left out where it is met."""
