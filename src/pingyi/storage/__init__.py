"""What was promised is on the disk: files and rows that outlive a power cut (§5.4)."""
