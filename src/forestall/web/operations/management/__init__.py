"""This folder knows the commands of operations for Django."""
