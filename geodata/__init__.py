"""What is known of the statement of 9/10 November 2020, and what follows from it: record, ground, time engine."""
