"""What people do to a case. One module for each part of the process."""
