"""What the baked site and its visitors’ browsers need to know."""
