"""This folder knows the surveys of a jurisdiction: files of answers, wave by wave."""
