"""Every page of every door: where it is, who sees it, and what must hold on it."""
