"""Why a target is missed, as profiling found it: kept by hand, so that measuring again does not lose it."""

REASONS: dict[str, str] = {
    "position_viewflow": (
        "an answer sends 12 statements in five trips and viewflow 9, since it reads everything by which it is judged, some 80 "
        "rows, and writes a position, tasks, deadlines, an event and the head of a chain. Half of its time it waits for the "
        "server. Of its 3.8 ms of processor time the driver takes about a third; judging, deadlines and tasks, objects and "
        "sealing share the rest"
    ),
    "position_naive": ("a goal shown with narrow tables of their own; where the time goes stands at the first line"),
    "at_once": (
        "one act with the same statements however many are asked. Half of its processor time goes into preparing the rows for the "
        "database and sealing the events, the rest into judging and telling; by hand nothing is judged or sealed"
    ),
    "worklist_many_flat": (
        "asked alone, over and over, it takes 0.72 ms at 10,000 cases and 0.75 at a million, and reads 406 pages and 491. In "
        "turn with the other ways, of which viewflow's queue works for nine seconds, it varied: 1.27 times in one run and 1.37 "
        "in the next"
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
        "in processor time of one process, without waiting for the database, it took about five times the empty view. A page that "
        "holds nothing but the layout, with its header for the person who looks, took 1.7 to 1.9 times. Of home's own time a "
        "quarter goes on finding what to say, a fifth on the driver, and a sixth each on drawing, on middleware with cookies and "
        "tokens, and on Django's reading of the account and making of cases"
    ),
    "page_messages": (
        "in processor time about four times. A quarter is drawing fifty messages, a quarter middleware with cookies and tokens, a "
        "sixth each their words, days and addresses, and the driver, and a tenth Django's reading of the account"
    ),
    "page_case": (
        "in processor time about ten times. A third is judging and telling: what may be done and why not, stage by stage, and "
        "all that was said. A fifth is drawing, a fifth Django's reading of the account and making of objects, a tenth the driver"
    ),
}
"""By the code of the target. Said on the page beside a target that is short, and left out where it is met."""
