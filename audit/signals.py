"""News of an act travels upward by this one signal. Listeners queue; no rule ever listens."""

from django.dispatch import Signal

# Sent inside the act's transaction with `act` and its `events`: one, or one for each of those it was done to, in order.
# A listener that fails takes the whole act with it.
recorded = Signal()
