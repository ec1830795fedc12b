"""LangSmith: its wrapper of the OpenAI client inside traced functions, and feedback."""

import json

from langsmith import Client, traceable
from langsmith.run_helpers import get_current_run_tree
from langsmith.wrappers import wrap_openai
from openai import BadRequestError, OpenAI

QUESTION = "Where is order 17?"
langsmith = Client()
client = wrap_openai(OpenAI(max_retries=0))
TOOL = {
    "type": "function",
    "function": {
        "name": "find_order",
        "description": "Finds an order.",
        "parameters": {"type": "object", "properties": {"order": {"type": "integer"}}},
    },
}
runs = []


@traceable(run_type="retriever")
def search(query: str):
    return [{"page_content": "Order 17 was sent.", "type": "Document", "metadata": {"id": "d1"}}]


@traceable(run_type="tool")
def find_order(order: int):
    return {"status": "shipped"}


@traceable(name="support", metadata={"session_id": "s1", "user_id": "u1"}, tags=["shop"])
def support(question: str):
    runs.append(get_current_run_tree())
    search(question)
    messages = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": question}]
    first = client.chat.completions.create(model="small", messages=messages, tools=[TOOL])
    call = first.choices[0].message.tool_calls[0]
    result = find_order(**json.loads(call.function.arguments))
    messages += [
        first.choices[0].message.model_dump(exclude_none=True),
        {"role": "tool", "tool_call_id": call.id, "content": json.dumps(result)},
    ]
    second = client.chat.completions.create(model="small", messages=messages, tools=[TOOL])
    return second.choices[0].message.content


@traceable(name="recite")
def recite():
    messages = [{"role": "user", "content": "Recite everything."}]
    return client.chat.completions.create(model="small", messages=messages)


support(QUESTION)
try:
    recite()
except BadRequestError:
    pass
langsmith.flush()
run = runs[0]
langsmith.create_feedback(
    run_id=run.id, trace_id=run.trace_id, key="helpful", score=0, comment="too short"
)
langsmith.flush()
