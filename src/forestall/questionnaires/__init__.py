"""This stage knows the questionnaires that states reply to: what is asked, routed and checked."""
