import type { ReadSuite } from '../suite/read-suites.ts';
import { type Exported, testedCases } from './exported.ts';
import { pythonFiles } from './python.ts';

const TESTS = `"""One test per case. Guards must pass in every version, controls prevent over-correction."""

import pytest
from answer_tests import failures, read_cases
from target import answer


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: f"{case['role']}-{case['id']}")
def test_case(case):
    assert failures(case, answer(case)) == []
`;

const TARGET = `"""What is tested. It answers with what was recorded; call your application instead."""


def answer(case):
    """The answer to case["messages"], a conversation in the form of OpenAI's chat API."""
    return case["recorded"]
`;

/** A test file for pytest, with its cases as JSON Lines. Source: pytest’s documentation, checked with the program. */
export function toPytest(suites: readonly ReadSuite[]): Exported {
  const { cases, losses } = testedCases(suites);
  const python = pythonFiles(cases);
  return {
    files: [
      ...python.files,
      { path: 'test_culprit.py', text: TESTS },
      { path: 'target.py', text: TARGET, isTheirs: true },
    ],
    losses: [...losses, ...python.losses],
    next: 'pytest test_culprit.py; call your application in target.py',
  };
}
