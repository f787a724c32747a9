"""baseline.py re|nltk FOLDER: what is usually written by hand for this task, for comparison. For each file of FOLDER the
text is cut into sentences and each sentence is searched with each expression of patterns.txt; nltk also tokenises and
stems every word. Prints how many matches there were."""

import os
import re
import sys


def sentences_of(text):
    return re.split(r"(?<=[.!?:;])\s+|\n\s*\n", text)


def load_patterns():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "patterns.txt")
    with open(path, encoding="utf-8") as lines:
        return [re.compile(line.rstrip("\n")) for line in lines]


def make_stemmer():
    from nltk.stem.snowball import SnowballStemmer
    from nltk.tokenize import TreebankWordTokenizer

    cut, stem = TreebankWordTokenizer().tokenize, SnowballStemmer("english").stem
    return lambda sentence: [stem(word) for word in cut(sentence)]


def main(mode, folder):
    patterns = load_patterns()
    analyse = make_stemmer() if mode == "nltk" else lambda sentence: ()
    matches = tokens = 0
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding="utf-8", errors="replace") as file:
            text = file.read()
        for sentence in sentences_of(text):
            tokens += len(analyse(sentence))
            for pattern in patterns:
                matches += sum(1 for _ in pattern.finditer(sentence))
    print(f"{matches} matches, {tokens} tokens")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
