#!/bin/sh
# Deno's Jupyter kernel and the transport "ipc" of a connection file.
#
# Guess, written down first: a connection file with "transport": "ipc" makes the kernel listen on Unix sockets, as Jupyter's
# documentation of connection files says and as IPython's kernel does; or the kernel refuses the transport by its name.
# Found (deno 2.9.6): it listens on TCP whatever the transport is, with the path of the socket as the name of a host, and
# ends with a URIError about that. The word "ipc" is not in the message.
# Why the guess is a good one: the file format names both transports, and every client accepts both.
# What it means: kernels of several people on one machine cannot be told apart by the rights of their files.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > connection.json <<JSON
{
  "transport": "ipc", "ip": "$folder/kernel", "key": "a-key", "signature_scheme": "hmac-sha256",
  "shell_port": 1, "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 5, "kernel_name": "deno"
}
JSON
export DENO_NO_UPDATE_CHECK=1 NO_COLOR=1
npx -y deno@2.9.6 --version | head -1
code=0
timeout 60 npx -y deno@2.9.6 jupyter --kernel --conn connection.json > out.txt 2>&1 || code=$?
cat out.txt
echo "exit code $code"
[ "$code" -ne 0 ] && [ "$code" -ne 124 ] || { echo "changed: the kernel runs, or waits"; exit 1; }
grep -q "invalid host" out.txt || { echo "changed: another message"; exit 1; }
if [ -S "$folder/kernel-1" ]; then echo "changed: it listens on a Unix socket"; exit 1; fi
echo "as described"
