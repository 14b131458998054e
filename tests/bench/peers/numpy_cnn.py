"""
The original's network in plain numpy, as courses write it: im2col image by image, pooling window by window, Adam.

It stands in for the numpy course that Gradually grew from, which is not at hand; that one does 50 images a second.
"""
import json
import time

import numpy as np

rng = np.random.default_rng(1)


class Conv:
    def __init__(self, inputs, outputs, size=3, pad=1):
        self.size, self.pad = size, pad
        self.w = rng.standard_normal((inputs * size * size, outputs)).astype(np.float32) * 0.1
        self.b = np.zeros(outputs, np.float32)

    def im2col(self, image):
        padded = np.pad(image, ((0, 0), (self.pad, self.pad), (self.pad, self.pad)))
        _, height, width = image.shape
        rows = []
        for y in range(height):
            for x in range(width):
                rows.append(padded[:, y:y + self.size, x:x + self.size].reshape(-1))
        return np.array(rows)

    def forward(self, x):
        n, _, height, width = x.shape
        self.shape, self.columns = x.shape, [self.im2col(image) for image in x]
        out = [(columns @ self.w + self.b).T.reshape(-1, height, width) for columns in self.columns]
        return np.array(out)

    def backward(self, grad):
        n, channels, height, width = self.shape
        self.dw, self.db = np.zeros_like(self.w), np.zeros_like(self.b)
        out = np.zeros((n, channels, height + 2 * self.pad, width + 2 * self.pad), np.float32)
        for i in range(n):
            flat = grad[i].reshape(grad.shape[1], -1).T
            self.dw += self.columns[i].T @ flat
            self.db += flat.sum(0)
            columns = (flat @ self.w.T).reshape(height * width, channels, self.size, self.size)
            for y in range(height):
                for x in range(width):
                    out[i, :, y:y + self.size, x:x + self.size] += columns[y * width + x]
        return out[:, :, self.pad:-self.pad, self.pad:-self.pad]


class Pool:
    def forward(self, x):
        n, channels, height, width = x.shape
        self.shape = x.shape
        out = np.zeros((n, channels, height // 2, width // 2), np.float32)
        self.where = np.zeros_like(out, dtype=np.int64)
        for i in range(n):
            for y in range(height // 2):
                for column in range(width // 2):
                    window = x[i, :, 2 * y:2 * y + 2, 2 * column:2 * column + 2].reshape(channels, 4)
                    self.where[i, :, y, column] = window.argmax(1)
                    out[i, :, y, column] = window.max(1)
        return out

    def backward(self, grad):
        n, channels, height, width = self.shape
        out = np.zeros(self.shape, np.float32)
        every = np.arange(channels)
        for i in range(n):
            for y in range(height // 2):
                for x in range(width // 2):
                    where = self.where[i, :, y, x]
                    out[i, every, 2 * y + where // 2, 2 * x + where % 2] = grad[i, :, y, x]
        return out


class Tanh:
    def forward(self, x):
        self.y = np.tanh(x)
        return self.y

    def backward(self, grad):
        return grad * (1 - self.y ** 2)


class FC:
    def __init__(self, inputs, outputs):
        self.w = rng.standard_normal((inputs, outputs)).astype(np.float32) / np.sqrt(inputs).astype(np.float32)
        self.b = np.zeros(outputs, np.float32)

    def forward(self, x):
        self.shape, self.x = x.shape, x.reshape(len(x), -1)
        return self.x @ self.w + self.b

    def backward(self, grad):
        self.dw, self.db = self.x.T @ grad, grad.sum(0)
        return (grad @ self.w.T).reshape(self.shape)


layers = [Conv(1, 6), Pool(), Tanh(), Conv(6, 12), Pool(), Tanh(), FC(588, 512), FC(512, 128), FC(128, 10)]
moments, steps = {}, 0


def adam():
    global steps
    steps += 1
    for layer in layers:
        for name in ("w", "b"):
            if not hasattr(layer, name):
                continue
            value, grad = getattr(layer, name), getattr(layer, "d" + name)
            m, v = moments.setdefault((layer, name), [np.zeros_like(value), np.zeros_like(value)])
            m += 0.1 * (grad - m)
            v += 0.001 * (grad * grad - v)
            value -= 1e-3 * (m / (1 - 0.9 ** steps)) / (np.sqrt(v / (1 - 0.999 ** steps)) + 1e-8)


def step(x, labels):
    for layer in layers:
        x = layer.forward(x)
    e = np.exp(x - x.max(1, keepdims=True))
    grad = e / e.sum(1, keepdims=True)
    grad[np.arange(len(labels)), labels] -= 1
    grad /= len(labels)
    for layer in reversed(layers):
        grad = layer.backward(grad)
    adam()


images, labels = rng.standard_normal((64, 1, 28, 28)).astype(np.float32), np.arange(64) % 10
step(images, labels)
count, start = 0, time.perf_counter()
while time.perf_counter() - start < 2:
    step(images, labels)
    count += len(images)
print(json.dumps({"value": count / (time.perf_counter() - start), "version": np.__version__}))
