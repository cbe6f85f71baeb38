"""The processes that come with the engine, one folder each: the page, its guards, its law and its route."""
