"""The rules of a protocol as straight-line programs, the same for every engine: what a printer of
Python, JavaScript or SQL writes down (docs/decisions/0008). Nothing in them is three-valued.
"""
