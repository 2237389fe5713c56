"""The project: settings, addresses, background work, and the servers that demo and tests run on."""
