"""The doors that change facts around a case: seats, papers, comments, actions, reminders, second keys, records.

Each has the shape of `workflows.door`; those that move a case are in `workflows.engine`.
"""
