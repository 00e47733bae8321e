"""This folder knows the JSON interface of the workspace: tokens, addresses, descriptions."""
