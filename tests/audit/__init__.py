"""The audit: what it holds, and that it stays as it was."""
