"""Time one peer's whole pass over a text: `python peers.py jionlp|recognizers FILE`.

Prints characters a second, by the clock and by processor time.
Runs in an environment of its own (see extraction.py): the peers want other versions than we do.
"""

import sys
import time
from pathlib import Path


def jionlp_pass():
    import jionlp

    jionlp.recognize_location("江苏省溧阳市")  # loads its dictionaries

    def run(line: str) -> None:
        jionlp.ner.extract_money(line, with_parsing=True)
        jionlp.ner.extract_time(line, with_parsing=True)
        jionlp.recognize_location(line)

    return run


def recognizers_pass():
    from recognizers_date_time import recognize_datetime
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_number_with_unit import (
        recognize_age,
        recognize_currency,
        recognize_dimension,
        recognize_temperature,
    )
    from recognizers_text import Culture

    passes = (
        recognize_number, recognize_percentage, recognize_currency, recognize_dimension, recognize_age,
        recognize_temperature, recognize_datetime,
    )  # fmt: skip

    def run(line: str) -> None:
        for recognize in passes:
            recognize(line, Culture.Chinese)

    run("2023年支出12万元")
    return run


def main() -> None:
    run = {"jionlp": jionlp_pass, "recognizers": recognizers_pass}[sys.argv[1]]()
    text = Path(sys.argv[2]).read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line.strip()]
    start, spent = time.perf_counter(), time.process_time()
    for line in lines:
        try:
            run(line)
        except Exception:  # a peer that stumbles over a line has still spent its time on it
            continue
    seconds, spent = time.perf_counter() - start, time.process_time() - spent
    print(sum(map(len, lines)) / seconds, sum(map(len, lines)) / spent)


if __name__ == "__main__":
    main()
