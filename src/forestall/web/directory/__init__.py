"""This part knows whom to ask: focal points, centres, contacts on firearms, and experts.

2002/13 ¶17(a) and 32; 1997/28 ¶2. Offices are written down by those who answer for a place. An
expert writes down only themselves, agrees to it until a day, and is gone on that day.
"""
