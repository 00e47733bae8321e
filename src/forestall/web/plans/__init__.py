"""This folder knows plans in the workspace: edited part by part, in versions, by many people."""
