"""The rules: one file a rule, one folder a family. Each file's docstring is the rule's page."""
