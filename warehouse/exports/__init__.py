"""The dataset in the forms that other programs read: one module a form, all fed by source.py."""
