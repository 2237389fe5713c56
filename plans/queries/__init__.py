"""What an actor may know of plans. Fetching is checking."""
