"""The running of the thing: what `./portal` hands over to once the environment is made.

The supervisor itself never loads Django: it stays small and cannot fail for Django's reasons.
"""
