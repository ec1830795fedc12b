"""Langfuse: its OpenAI client inside observations, and scores."""

import json

from langfuse import get_client, observe, propagate_attributes
from langfuse.openai import OpenAI
from openai import BadRequestError

QUESTION = "Where is order 17?"
langfuse = get_client()
client = OpenAI(max_retries=0)
TOOL = {
    "type": "function",
    "function": {
        "name": "find_order",
        "description": "Finds an order.",
        "parameters": {"type": "object", "properties": {"order": {"type": "integer"}}},
    },
}


@observe(as_type="retriever")
def search(query: str):
    return [{"id": "d1", "content": "Order 17 was sent.", "score": 0.9}]


@observe(as_type="tool")
def find_order(order: int):
    return {"status": "shipped"}


@observe(as_type="agent", name="support")
def support(question: str):
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
    langfuse.score_current_trace(name="helpful", value=0, data_type="BOOLEAN", comment="too short")
    return second.choices[0].message.content


@observe(name="recite")
def recite():
    messages = [{"role": "user", "content": "Recite everything."}]
    return client.chat.completions.create(model="small", messages=messages)


with propagate_attributes(user_id="u1", session_id="s1", tags=["shop"], metadata={"plan": "pro"}):
    support(QUESTION)
try:
    recite()
except BadRequestError:
    pass
langfuse.shutdown()
