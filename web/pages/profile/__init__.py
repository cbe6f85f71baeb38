"""Who the partners are beside the people of the area: totals of broad groups, and none from which one partner could be known."""
