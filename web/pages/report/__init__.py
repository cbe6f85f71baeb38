"""How power is shared here, in numbers: one page for a board and its partners, a page for each number, and what is handed out."""
