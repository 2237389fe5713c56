"""The house: servers, set-up, settings, logs, translations."""
