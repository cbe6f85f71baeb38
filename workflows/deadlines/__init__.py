"""The clock: what every case waits for, as rows, and the sweep that acts when a row falls due."""
