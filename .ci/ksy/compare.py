"""Reads golden frames by the Kaitai Struct description, and compares with `cti decode --to json`:
each value that the library shows has to be there.

compare.py CTI FILE.hex...
"""
import collections
import enum
import io
import json
import re
import subprocess
import sys

from ccx_cti import CcxCti
from kaitaistruct import KaitaiStream, KaitaiStruct


def told(value, values):
    """All values below an object of the parser."""
    if isinstance(value, enum.IntEnum):
        values[value.name.removeprefix("value_").upper()] += 1
        values[int(value)] += 1
    elif isinstance(value, int):
        values[value] += 1
    elif isinstance(value, bytes):
        values[value.hex()] += 1
    elif isinstance(value, str):
        values[value] += 1
    elif isinstance(value, list):
        for one in value:
            told(one, values)
    elif isinstance(value, KaitaiStruct):
        names = [name for name in vars(value) if not name.startswith("_")]
        for name in names:
            told(getattr(value, name), values)
        if hasattr(type(value), "value"):
            try:
                told(value.value, values)
            except UnicodeDecodeError:
                # It stands among the bytes.
                pass


def shown(value, values):
    """All values below what the library shows, but for masks and counts of its own."""
    if isinstance(value, bool):
        values.append(int(value))
    elif isinstance(value, dict):
        if set(value) == {"hex"}:
            values.append(value["hex"])
        else:
            for one in value.values():
                shown(one, values)
    elif isinstance(value, list):
        if not all(isinstance(one, (str, int)) for one in value):
            for one in value:
                shown(one, values)
    else:
        values.append(value)


def main():
    cti, files = sys.argv[1], sys.argv[2:]
    compared = 0
    for file in files:
        with open(file, encoding="utf-8") as lines:
            text = "".join(line.split(";")[0] for line in lines)
        frame = bytes.fromhex(re.sub(r"\s", "", text))
        version = re.search(r"_v(\d+)\.hex$", file)
        version = int(version[1]) if version else 14
        arguments = ["decode", "--from", "bin", "--to", "json", "--show-secrets", "--version", str(version), "-"]
        lines = subprocess.run([cti, *arguments], input=frame, capture_output=True, check=True).stdout
        objects = [json.loads(line) for line in lines.splitlines()]
        messages = CcxCti(version, KaitaiStream(io.BytesIO(frame))).messages
        assert len(messages) == len(objects), file
        for message, known in zip(messages, objects):
            assert int(message.message_type) == known["id"], file
            assert message.body_length == known["length"], file
            values = collections.Counter()
            told(message.body, values)
            wanted = []
            shown(known.get("fields", {}), wanted)
            for value in wanted:
                key = value
                if key not in values and isinstance(value, str):
                    key = re.sub(r"\W", "_", value).upper()
                if key not in values and isinstance(value, str):
                    # A name of several words.
                    same = [one for one in values if isinstance(one, str) and one.replace("_", "") == key.replace("_", "")]
                    key = same[0] if same else key
                assert key in values, f"{file}: {value!r} is not among {dict(values)}"
                compared += 1
    assert compared > 100, compared
    print(f"{compared} values of {len(files)} files agree")


main()
