"""Two editions of the data, compared: which fact changed, from what to what, by which source, on how many km2.

``edition`` reads an edition leniently, so that one from before today's models can be compared too; ``differences`` finds what
changed, ``handovers`` what that means for who held what; ``sentences`` says it, and ``patch`` tries a proposed change.
"""
