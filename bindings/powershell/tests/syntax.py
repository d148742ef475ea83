"""Reads PowerShell files with the grammar of tree-sitter and prints what is none: ``syntax.py FILE…``.

No judge of meaning, but one that needs no PowerShell. It ends with 1 if there is anything to print.
"""

import sys

import tree_sitter
import tree_sitter_powershell

PARSER = tree_sitter.Parser(tree_sitter.Language(tree_sitter_powershell.language()))


def faults(node):
    """The places that the grammar does not know."""
    if node.type == "ERROR" or node.is_missing:
        yield node
    for child in node.children:
        yield from faults(child)


def main(files):
    count = 0
    for name in files:
        with open(name, "rb") as file:
            text = file.read()
        for node in faults(PARSER.parse(text).root_node):
            count += 1
            print(f"{name}:{node.start_point[0] + 1}: {text[node.start_byte:node.end_byte][:80]!r}")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
