"""News of an act travels upward by this one signal. Listeners queue; no rule ever listens."""

from django.dispatch import Signal

# Sent inside the act's transaction with `event` and `act`. A listener that fails takes the whole act with it.
recorded = Signal()
