"""PyTorch: a network of `networks.ts` with Adam, or a product of matrices. Arguments: threads, then train NETWORK BATCH or matmul SIZE."""
import json
import sys
import time

import torch
from torch import nn

threads, what, *rest = sys.argv[1:]
torch.set_num_threads(int(threads))


def block(inputs, outputs):
    return [nn.Conv2d(inputs, outputs, 3, padding=1), nn.BatchNorm2d(outputs), nn.ReLU()]


NETWORKS = {
    "original": lambda: [
        nn.Conv2d(1, 6, 3, padding=1), nn.MaxPool2d(2), nn.Tanh(),
        nn.Conv2d(6, 12, 3, padding=1), nn.MaxPool2d(2), nn.Tanh(), nn.Flatten(),
        nn.Linear(588, 512), nn.Linear(512, 128), nn.Linear(128, 10)],
    "lenet": lambda: [
        nn.Conv2d(1, 6, 5, padding=2), nn.Sigmoid(), nn.AvgPool2d(2),
        nn.Conv2d(6, 16, 5), nn.Sigmoid(), nn.AvgPool2d(2), nn.Flatten(),
        nn.Linear(400, 120), nn.Sigmoid(), nn.Linear(120, 84), nn.Sigmoid(), nn.Linear(84, 10)],
    "mlp": lambda: [
        nn.Flatten(), nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10)],
    "example": lambda: [
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Dropout(0.25),
        nn.Flatten(), nn.Linear(9216, 128), nn.ReLU(), nn.Dropout(0.5), nn.Linear(128, 10)],
    "vgg": lambda: [
        *block(1, 32), *block(32, 32), nn.MaxPool2d(2), *block(32, 64), *block(64, 64), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(3136, 128), nn.ReLU(), nn.Linear(128, 10)],
}


def train(network, batch):
    batch = int(batch)
    torch.manual_seed(1)
    model = nn.Sequential(*NETWORKS[network]())
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
    size = int(size)
    a, b = torch.randn(size, size), torch.randn(size, size)
    speeds = []
    for _ in range(60):
        start = time.perf_counter()
        a @ b
        speeds.append(2 * size ** 3 / (time.perf_counter() - start) / 1e9)
    return sorted(speeds[10:])[25]


print(json.dumps({"value": {"train": train, "matmul": matmul}[what](*rest), "version": torch.__version__}))
