"""Wires the apps together into a project that runs: settings, addresses and servers."""
