"""The sizes of the network, for what reads or writes its weights without torch."""

LAYERS, WIDTH, HEADS, INNER, VOCABULARY, POSITIONS = 6, 384, 12, 1536, 30522, 512
SHAPES, SHAPE_WIDTH, HEAD_WIDTH, OUTPUTS = 11, 16, 192, 7
