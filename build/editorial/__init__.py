"""What people have stated: seeds/*.yml go in, checked entries come out."""
