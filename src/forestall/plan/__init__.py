"""This stage knows what to do: the integrated plan, what it still lacks, and how it goes on."""
