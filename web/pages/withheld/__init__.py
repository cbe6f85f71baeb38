"""What is held back from lay partners: seen, decided, challenged and answered; and what the Caldicott Guardian decides."""
