"""Why a target is missed, as profiling found it: kept by hand, so that measuring again does not lose it."""

REASONS: dict[str, str] = {
    "position_viewflow": (
        "an answer sends 14 statements inside its transaction where viewflow sends 8, because it reads everything by which it is judged "
        "and writes a position, tasks, deadlines, an event and the head of a chain. Of its processor time about a third is the driver "
        "sending and reading those, a third is making objects of some 80 rows, and a third is judging, sealing and the rest"
    ),
    "position_naive": "a goal for lean tables of its own; see the first line for where the time goes",
    "at_once": (
        "there is no door that offers many seats: each offer is an act of its own, judged and sealed by itself, with 23 statements; "
        "what is asked of many at once within one act is written together"
    ),
    "search": (
        "three statements against one: which acts fit, which of them the reader may read, and the cases they are on. One statement for "
        "all three made PostgreSQL judge every act of the organisation"
    ),
    "search_far": "as for page 1; a far page costs what the first does",
    "signals_raw": (
        "about two milliseconds are the second statement, for the organisations, and making a result for each of them in Python, whatever is counted"
    ),
    "page_home": (
        "most of it is drawing: Jinja, its escaping and the NHS components' macros take more than half of the processor time, the statements less "
        "than a quarter. The empty view draws nothing"
    ),
    "page_messages": (
        "its statements are not compiled once yet, so Django's building of SQL is a third of the processor time, and drawing most of the rest"
    ),
    "page_case": (
        "as for home: two thirds of the processor time are drawing, of some hundred components; judging who may do what comes next"
    ),
}
"""By the code of the target. Said on the page beside a target that is short, and left out where it is met."""
