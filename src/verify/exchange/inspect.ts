import type { ReadSuite } from '../suite/read-suites.ts';
import { type Exported, testedCases } from './exported.ts';
import { pythonFiles } from './python.ts';

const TASK = `"""Cases of root causes as a task of Inspect, made by culprit suite export."""

import json

from answer_tests import failures, read_cases
from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import (
    ChatMessageAssistant,
    ChatMessageSystem,
    ChatMessageTool,
    ChatMessageUser,
    ModelOutput,
)
from inspect_ai.scorer import CORRECT, INCORRECT, Score, accuracy, grouped, scorer, stderr
from inspect_ai.solver import generate, solver
from inspect_ai.tool import ToolCall


def chat_message(message):
    role, content = message["role"], message["content"]
    if role == "system":
        return ChatMessageSystem(content=content)
    if role == "user":
        return ChatMessageUser(content=content)
    if role == "tool":
        return ChatMessageTool(
            content=content, tool_call_id=message.get("tool_call_id"), function=message.get("name")
        )
    calls = [
        ToolCall(id=call["id"], function=call["function"]["name"], arguments=arguments(call))
        for call in message.get("tool_calls", [])
    ]
    return ChatMessageAssistant(content=content, tool_calls=calls or None)


def arguments(call):
    try:
        value = json.loads(call["function"]["arguments"])
    except ValueError:
        value = call["function"]["arguments"]
    return value if isinstance(value, dict) else {"value": value}


@scorer(metrics=[grouped(accuracy(), "role"), stderr()])
def checks():
    async def score(state, target):
        against = failures(state.metadata, state.output.completion)
        return Score(
            value=CORRECT if not against else INCORRECT,
            answer=state.output.completion,
            explanation="\\n".join(against) or "all checks pass",
        )

    return score


@solver
def recorded_answer():
    async def solve(state, generate):
        state.output = ModelOutput.from_content("recorded", state.metadata["recorded"])
        return state

    return solve


@task
def culprit(recorded: bool = False):
    """With -T recorded=true, judges what was recorded: guards and slice are incorrect, controls correct."""
    samples = [
        Sample(
            id=case["id"], input=[chat_message(each) for each in case["messages"]], metadata=case
        )
        for case in read_cases()
    ]
    return Task(
        dataset=MemoryDataset(samples),
        solver=recorded_answer() if recorded else generate(),
        scorer=checks(),
    )
`;

/** A task file for Inspect AI with its dataset. Source: Inspect’s reference, checked with the program. */
export function toInspect(suites: readonly ReadSuite[]): Exported {
  const { cases, losses } = testedCases(suites);
  const python = pythonFiles(cases);
  return {
    files: [...python.files, { path: 'task.py', text: TASK }],
    losses: [...losses, ...python.losses],
    next: 'inspect eval task.py --model openai/…; with -T recorded=true it judges the recorded answers',
  };
}
