"""The legal grounds: how they are worded, who proposes a new version and who signs it."""
