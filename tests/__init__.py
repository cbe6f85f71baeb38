"""The test suite. Each folder is one kind of test; `rig` holds the machinery that all of them stand on."""
