"""A name server for tests: name_server.py '{"name": ["text", ...]}' prints its port and answers TXT questions over UDP,
and MX questions from '{"MX name": ["host", ...]}'. Ends when its standard input does.
"""

import json
import os
import socket
import struct
import sys
import threading

records = json.loads(sys.argv[1])
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 0))
print(server.getsockname()[1], flush=True)


def end():
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=end, daemon=True).start()
while True:
    question, asker = server.recvfrom(4096)
    labels, place = [], 12
    while question[place]:
        labels.append(question[place + 1:place + 1 + question[place]].decode())
        place += 1 + question[place]
    end_of_question = place + 5
    asks_exchange = question[place + 1:place + 3] == b"\0\x0f"
    texts = records.get(("MX " if asks_exchange else "") + ".".join(labels))
    flags = 0x8180 if texts is not None else 0x8183
    answer = question[:2] + struct.pack(">HHHHH", flags, 1, len(texts or []), 0, 0) + question[12:end_of_question]
    for text in texts or []:
        # In two pieces, as long keys come.
        half = len(text) // 2
        data = b"".join(bytes([len(piece)]) + piece.encode() for piece in (text[:half], text[half:]))
        if asks_exchange:
            data = b"\0\x0a" + b"".join(bytes([len(label)]) + label.encode() for label in text.split(".")) + b"\0"
        answer += struct.pack(">HHHIH", 0xC00C, 15 if asks_exchange else 16, 1, 60, len(data)) + data
    server.sendto(answer, asker)
