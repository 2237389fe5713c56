"""Settings: base is what always holds; demo, test and production are what one starts."""
