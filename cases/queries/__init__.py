"""What an actor may know of cases. Fetching is checking."""
