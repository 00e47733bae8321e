"""This part knows who asks for technical assistance, who offers it, and what came of it.

2006/20 Q25 and Q26; 2002/13 ¶29 to 33. Needs are of places, offers are of organisations; all
members of the workspace see them, because that is what they are for. Nothing here orders places.
"""
