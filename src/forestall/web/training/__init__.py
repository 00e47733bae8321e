"""This part knows courses, and which bodies of a partnership have which skill (2002/13 ¶18).

A person says only of themselves what they can do, agrees to be counted until a day, and is shown to
nobody: others read in steps how many people of a body have a skill. Nobody is graded.
"""
