"""This folder knows what has worked elsewhere: studies, their appraisal, synthesis, gaps, choice.

Guidelines 2002/13 ¶11, 21(b) to (e), 30 and 1997/33 ¶23 ask for it.
"""
