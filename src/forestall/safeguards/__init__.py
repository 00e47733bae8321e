"""This stage knows which uses are right: the rights a measure touches, and who has to agree."""
