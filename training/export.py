"""The trained network as one ONNX file with int8 weights, and everything else that reading needs beside it."""

import json
from collections.abc import Sequence
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from training.labels import TAGS
from training.network import Network


def export(network: Network, relations: Sequence[str], folder: Path) -> tuple[Path, Path]:
    """Write `float.onnx` and `encoder.onnx` (int8) and return both."""
    plain, ready, small = folder / "float.onnx", folder / "ready.onnx", folder / "encoder.onnx"
    network.eval()
    ids = torch.tensor([[101, 2054, 2003, 102], [101, 2054, 102, 0]])
    first = torch.tensor([[0, 1, 2], [0, 1, 0]])
    torch.onnx.export(
        network,
        (ids, first),
        str(plain),
        input_names=["ids", "first"],
        output_names=["heads", "relations", "tags"],
        dynamic_axes={
            "ids": {0: "batch", 1: "pieces"},
            "first": {0: "batch", 1: "words"},
            "heads": {0: "batch", 1: "words"},
            "relations": {0: "batch", 1: "words"},
            "tags": {0: "batch", 1: "words"},
        },
        opset_version=17,
        dynamo=False,
    )
    quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
    quantize_dynamic(str(ready), str(small), weight_type=QuantType.QInt8, per_channel=True)
    ready.unlink()
    model = onnx.load(small)
    onnx.helper.set_model_props(model, {"relations": json.dumps(list(relations)), "tags": json.dumps(list(TAGS))})
    onnx.save(model, small)
    return plain, small
