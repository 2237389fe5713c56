"""The story's steps, in the order in which test_story tells them."""
