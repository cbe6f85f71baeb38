"""The pages, one folder for each subject: its view, its form, its presenter and its templates side by side."""
