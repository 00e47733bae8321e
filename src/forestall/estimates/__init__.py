"""What an estimate of an effect is, wherever it comes from: one's own counts or a study elsewhere.

A scale is a type, and a direction belongs to it, so that a ratio can never pass for a difference.
"""
