#!/bin/sh
# ConvNetJS and the name of an optimizer that it does not have.
#
# Guess, written down first: a Trainer with method "adam", which this version does not have, throws; or it warns and takes
# its default, plain SGD without momentum, whose name is "sgd".
# Found (convnetjs 0.3.0): it says nothing, and trains to exactly the weights of "sgd" with its default momentum of 0.9;
# so does any other word. A benchmark or a comparison of optimizers that asks for "adam" measures SGD with momentum.
# Why the guess is a good one: "adagrad", "adadelta" and "windowgrad" are there and compute what they say, and "adam" was in
# every library of those years.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund convnetjs@0.3.0 > /dev/null
cat > run.js <<'JS'
const convnetjs = require("convnetjs");
const { version } = require("convnetjs/package.json");
// Every source of randomness is replaced, so that only the method differs.
function weights(method, momentum) {
  let state = 1;
  const draw = () => (state = (state * 16807) % 2147483647) / 2147483647;
  const random = Math.random;
  Math.random = draw;
  const net = new convnetjs.Net();
  net.makeLayers([
    { type: "input", out_sx: 1, out_sy: 1, out_depth: 2 },
    { type: "fc", num_neurons: 4, activation: "tanh" },
    { type: "softmax", num_classes: 2 },
  ]);
  const options = { method, learning_rate: 0.01, batch_size: 1 };
  if (momentum !== undefined) options.momentum = momentum;
  const trainer = new convnetjs.Trainer(net, options);
  for (let i = 0; i < 50; i++) {
    const x = new convnetjs.Vol([draw() - 0.5, draw() - 0.5]);
    trainer.train(x, x.w[0] > x.w[1] ? 1 : 0);
  }
  Math.random = random;
  return JSON.stringify(net.toJSON().layers.map((layer) => layer.filters));
}
const sgd = weights("sgd"), seen = {
  version,
  "adam equals sgd": weights("adam") === sgd,
  "no-such-method equals sgd": weights("no-such-method") === sgd,
  "sgd equals sgd with momentum 0.9": weights("sgd", 0.9) === sgd,
  "sgd equals sgd without momentum": weights("sgd", 0) === sgd,
  "adagrad equals sgd": weights("adagrad") === sgd,
};
console.log(JSON.stringify(seen, null, 1));
const wanted = ["0.3.0", true, true, true, false, false];
process.exit(JSON.stringify(Object.values(seen)) === JSON.stringify(wanted) ? 0 : 1);
JS
node run.js || { echo "changed"; exit 1; }
echo "as described"
