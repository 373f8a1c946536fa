"""Every read of the room that pages and the rooms above may use."""
