"""One file per channel, behind one protocol."""
