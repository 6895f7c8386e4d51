"""Stage 5, steps 52-60: what large networks need, and networks that remember."""

from dezero_lite.stage5.embeddings import Embedding
from dezero_lite.stage5.recurrent import GRU, LSTM, RNN
from dezero_lite.stage5.unchain import setup_unchain, unchain, unchain_backward

setup_unchain()

__all__ = [
    "GRU",
    "LSTM",
    "RNN",
    "Embedding",
    "setup_unchain",
    "unchain",
    "unchain_backward",
]
