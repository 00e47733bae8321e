"""This folder knows who did what when, in a log that is only added to."""
