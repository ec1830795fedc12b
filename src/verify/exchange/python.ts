import type { AnswerTest } from './answer-test.ts';
import {
  chatMessage,
  type ExportedFile,
  jsonLines,
  type Loss,
  type TestedCase,
} from './exported.ts';
import { pythonPattern } from './python-pattern.ts';

/** Asks the tests about an answer. Texts are data in cases.jsonl, never code. */
const ANSWER_TESTS = String.raw`"""Tests of an answer, as culprit suite export writes them into cases.jsonl."""

import json
import re
from pathlib import Path

# White space as JavaScript trims it.
WHITE = "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"


def read_cases():
    text = (Path(__file__).parent / "cases.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.split("\n") if line]


def failures(case, answer):
    """What the tests of the case say against the answer; empty where all pass."""
    return [sentence(test) for test in case["tests"] if holds(test, answer) == test["negate"]]


def holds(test, answer):
    kind = test["kind"]
    fold = str.lower if test.get("ignoreCase") else str
    if kind == "answered":
        return answer.strip(WHITE) != ""
    if kind == "contains":
        found = [fold(text) in fold(answer) for text in test["texts"]]
        return all(found) if test["match"] == "all" else any(found)
    if kind == "equals":
        return fold(answer.strip(WHITE)) == fold(test["text"].strip(WHITE))
    if kind == "starts_with":
        return answer.lstrip(WHITE).startswith(test["text"])
    if kind == "ends_with":
        return answer.rstrip(WHITE).endswith(test["text"])
    if kind == "one_of":
        given = answer.strip(WHITE)
        given = given[:-1] if given.endswith(".") else given
        return fold(given) in [fold(label) for label in test["labels"]]
    if kind == "regex":
        return re.search(test["pattern"], answer, re.ASCII) is not None
    if kind == "json":
        return is_json(answer)
    raise ValueError(f"unknown test {kind}")


def is_json(answer):
    try:
        json.loads(answer.strip(WHITE), parse_constant=not_json)
        return True
    except (ValueError, RecursionError):
        return False


def not_json(name):
    raise ValueError(name)


def sentence(test):
    rest = {key: value for key, value in test.items() if key not in ("kind", "negate")}
    return f"{'not ' if test['negate'] else ''}{test['kind']} {json.dumps(rest, ensure_ascii=False)}"
`;

/** The cases and the tests for programs in Python; a pattern that Python reads in another way is left out. */
export function pythonFiles(cases: readonly TestedCase[]): {
  readonly files: readonly ExportedFile[];
  readonly losses: readonly Loss[];
} {
  const losses: Loss[] = [];
  const lines = cases.flatMap((each) => {
    const tests = each.tests.flatMap((test): readonly AnswerTest[] => {
      if (test.kind !== 'regex') return [test];
      const pattern = pythonPattern(test.pattern);
      if (pattern !== null) return [{ ...test, pattern }];
      const what = 'Python reads this pattern in another way';
      losses.push({ case: each.id, check: 'regex', what });
      return [];
    });
    if (tests.length === 0) {
      losses.push({
        case: each.id,
        check: null,
        what: 'left out: none of its checks can run there',
      });
      return [];
    }
    return [
      {
        id: each.id,
        role: each.entry.role,
        cause: each.read.suite.cause.title,
        messages: each.payload.messages.map(chatMessage),
        recorded: each.payload.recorded.output,
        tests,
      },
    ];
  });
  return {
    files: [
      { path: 'cases.jsonl', text: jsonLines(lines) },
      { path: 'answer_tests.py', text: ANSWER_TESTS },
    ],
    losses,
  };
}
