"""The command line: reads arguments, shows progress, prints; everything else is elsewhere."""
