"""An outside app that plugs a process of its own in: what a trust's engineer writes, and nothing more."""
