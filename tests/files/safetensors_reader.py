"""Reads and writes safetensors with nothing but Python itself, by the text of the format; torch only where it is asked for.

  safetensors_reader.py read FILE              prints { metadata, tensors: { name: { dtype, shape, hex } } }
  safetensors_reader.py write FILE < JSON      writes such a description
  safetensors_reader.py torch FILE OUT X Y     a network of torch.nn loads FILE strictly, writes its state_dict to OUT, and
                                               what it computes for the float32 numbers in X to Y
"""
import json
import struct
import sys

SIZES = {"F64": 8, "F32": 4, "I64": 8, "U8": 1}


def no_duplicates(pairs):
    names = [name for name, _ in pairs]
    assert len(names) == len(set(names)), "a name twice"
    return dict(pairs)


def read(path):
    with open(path, "rb") as file:
        data = file.read()
    (length,) = struct.unpack("<Q", data[:8])
    text = data[8 : 8 + length]
    assert text[:1] == b"{", "the header does not begin with {"
    header = json.loads(text.decode("utf-8"), object_pairs_hook=no_duplicates)
    metadata = header.pop("__metadata__", {})
    assert all(isinstance(value, str) for value in metadata.values())
    numbers = data[8 + length :]
    tensors, end = {}, 0
    for name, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        start, stop = entry["data_offsets"]
        size = SIZES[entry["dtype"]]
        assert start == end, "a hole"
        assert (8 + length + start) % size == 0, "not aligned"
        for axis in entry["shape"]:
            size *= axis
        assert stop - start == size, "another size"
        tensors[name] = (entry["dtype"], entry["shape"], numbers[start:stop])
        end = stop
    assert end == len(numbers), "bytes after the end"
    return metadata, tensors


def write(path, metadata, tensors):
    header, numbers = {}, b""
    if metadata:
        header["__metadata__"] = metadata
    for name, (dtype, shape, data) in tensors.items():
        header[name] = {"dtype": dtype, "shape": list(shape), "data_offsets": [len(numbers), len(numbers) + len(data)]}
        numbers += data
    text = json.dumps(header).encode("utf-8")
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + numbers)


def with_torch(path, out, x_path, y_path):
    import torch
    from torch import nn

    class Network(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv1 = nn.Conv2d(2, 3, (3, 2), stride=(1, 2), padding=(1, 0), bias=False)
            self.bn1 = nn.BatchNorm2d(3)
            self.head = nn.Sequential(nn.Flatten(), nn.Linear(36, 5), nn.BatchNorm1d(5), nn.ReLU(), nn.Linear(5, 4))

        def forward(self, x):
            return self.head(torch.tanh(self.bn1(self.conv1(x))))

    kinds = {"F32": torch.float32, "F64": torch.float64, "I64": torch.int64}
    _, tensors = read(path)
    state = {
        name: torch.frombuffer(bytearray(data), dtype=kinds[dtype]).reshape(shape)
        for name, (dtype, shape, data) in tensors.items()
    }
    network = Network()
    network.load_state_dict(state, strict=True)
    network.eval()
    with open(x_path, "rb") as file:
        x = torch.frombuffer(bytearray(file.read()), dtype=torch.float32).reshape(-1, 2, 4, 7)
    with torch.no_grad(), open(y_path, "wb") as file:
        file.write(network(x).numpy().tobytes())
    codes = {kind: name for name, kind in kinds.items()}
    write(out, {"format": "pt"}, {
        name: (codes[tensor.dtype], tensor.shape, tensor.contiguous().numpy().tobytes())
        for name, tensor in sorted(network.state_dict().items())
    })
    print(torch.__version__)


if __name__ == "__main__":
    command, path = sys.argv[1:3]
    if command == "read":
        metadata, tensors = read(path)
        shown = {name: {"dtype": d, "shape": s, "hex": data.hex()} for name, (d, s, data) in tensors.items()}
        print(json.dumps({"metadata": metadata, "tensors": shown}))
    elif command == "write":
        given = json.load(sys.stdin)
        tensors = {name: (t["dtype"], t["shape"], bytes.fromhex(t["hex"])) for name, t in given["tensors"].items()}
        write(path, given["metadata"], tensors)
    else:
        with_torch(path, *sys.argv[3:])
