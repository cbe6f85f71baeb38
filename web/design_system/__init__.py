"""The look and the manners of every page: layouts, form fields, small parts, and how a view answers."""
