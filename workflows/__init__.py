"""What may happen: processes, the one door that moves a case, deadlines and proofs."""
