"""What people do to a plan: write, agree, carry out, follow up; and withdraw consent."""
