"""Small original texts that tests of importing share."""

FERRY = """The last ferry

By Ben Tarn

12 May 1931

Whoever missed the last ferry slept in the salt store, and the keeper, who had missed a good many himself, left the door on the latch.[1]

In the morning

The river gives back in the morning what it took at night, less a little, which it keeps for the summer.

Notes

1. The latch is in the museum at Tamm.
"""
