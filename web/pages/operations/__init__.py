"""Operations: whether the clock runs, what could not be sent or done, and who is to be told by post or phone."""
