"""The machinery of the test suite: databases to run on and a browser to drive."""
