"""PyTorch: the original's network with Adam, or a product of matrices. Arguments: threads, then train BATCH or matmul SIZE."""
import json
import sys
import time

import torch
from torch import nn

threads, what, number = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
torch.set_num_threads(threads)


def train(batch):
    torch.manual_seed(1)
    model = nn.Sequential(
        nn.Conv2d(1, 6, 3, padding=1), nn.MaxPool2d(2), nn.Tanh(),
        nn.Conv2d(6, 12, 3, padding=1), nn.MaxPool2d(2), nn.Tanh(), nn.Flatten(),
        nn.Linear(588, 512), nn.Linear(512, 128), nn.Linear(128, 10))
    optimizer, loss = torch.optim.Adam(model.parameters(), lr=1e-3), nn.CrossEntropyLoss()
    images, labels = torch.randn(3000, 1, 28, 28), torch.arange(3000) % 10
    count, start, warm = 0, time.perf_counter(), False
    while True:
        order = torch.randperm(len(images))
        for i in range(0, len(images), batch):
            pick = order[i:i + batch]
            value = loss(model(images[pick]), labels[pick])
            optimizer.zero_grad()
            value.backward()
            optimizer.step()
            value.item()
            count += len(pick)
            seconds = time.perf_counter() - start
            if warm and seconds > 2:
                return count / seconds
            if not warm and seconds > 1:
                count, start, warm = 0, time.perf_counter(), True


def matmul(size):
    a, b = torch.randn(size, size), torch.randn(size, size)
    speeds = []
    for _ in range(60):
        start = time.perf_counter()
        a @ b
        speeds.append(2 * size ** 3 / (time.perf_counter() - start) / 1e9)
    return sorted(speeds[10:])[25]


print(json.dumps({"value": {"train": train, "matmul": matmul}[what](number), "version": torch.__version__}))
