"""What everybody here builds on."""
