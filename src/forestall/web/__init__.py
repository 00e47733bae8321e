"""This stage knows the workspace: where people of many organisations make one plan together.

Only this folder knows Django. Each app has models (what is kept), policies (who may, and why not),
services (the only places that write), forms, views and templates.
"""
